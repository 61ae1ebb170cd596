package io.millrace.bench.report;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The same number from independent runs; at least one. */
public record Sample(double... values) {

    public Sample {
        if (values.length == 0) {
            throw new IllegalArgumentException("sample: expected at least one value, found none");
        }
    }

    public int size() {
        return values.length;
    }

    public double mean() {
        return Arrays.stream(values).sum() / values.length;
    }

    /** The smallest value. */
    public double least() {
        return Arrays.stream(values).min().orElseThrow();
    }

    /** The largest value. */
    public double greatest() {
        return Arrays.stream(values).max().orElseThrow();
    }

    /** Of the sample, with n − 1; 0 for a single value. */
    public double standardDeviation() {
        if (values.length == 1) {
            return 0;
        }
        double mean = mean();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    /** How far the mean is from that of ever more runs: the standard deviation of it. */
    public double standardError() {
        return standardDeviation() / Math.sqrt(values.length);
    }

    /** How far the mean is above that of others, in standard errors of the difference between the runs of an index. */
    public double standardErrorsAbove(Sample others) {
        Sample difference = new Sample(IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] - others.values[i])
                .toArray());
        return difference.mean() == 0 ? 0 : difference.mean() / difference.standardError();
    }
}

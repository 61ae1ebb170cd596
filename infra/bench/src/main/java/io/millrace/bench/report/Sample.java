package io.millrace.bench.report;

import java.util.Arrays;

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
}

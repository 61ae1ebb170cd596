package io.millrace.bench.curves.pronounce;

import java.util.Arrays;

/** Mean and standard deviation of runs that differ by chance alone. */
record Spread(double mean, double deviation) {

    /** Of at least two runs. */
    Spread(double... runs) {
        this(mean(runs), deviation(runs));
    }

    /** How far from the mean another run is, in standard deviations; not negative. */
    double of(double run) {
        return Math.abs(run - mean) / deviation;
    }

    private static double mean(double... runs) {
        return Arrays.stream(runs).average().orElseThrow();
    }

    private static double deviation(double... runs) {
        double mean = mean(runs);
        double squares =
                Arrays.stream(runs).map(run -> (run - mean) * (run - mean)).sum();
        return Math.sqrt(squares / (runs.length - 1));
    }
}

package io.millrace.bench;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs benchmarks and prints their figures: seconds, not hours, and still a fresh and warmed-up JVM for each. */
public final class Benchmarks {

    private static final TimeValue ITERATION = TimeValue.seconds(1);

    private Benchmarks() {}

    /**
     * Runs the benchmarks whose names match one of the arguments; all of them when there are none.
     *
     * @param args regular expressions, each found in the full name of class and method
     * @throws RunnerException when nothing matches, or a benchmark fails
     */
    public static void main(String[] args) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(1)
                .warmupIterations(3)
                .warmupTime(ITERATION)
                .measurementIterations(5)
                .measurementTime(ITERATION)
                .jvmArgs("-Xms1g", "-Xmx1g")
                .shouldFailOnError(true);
        for (String pattern : args) {
            options.include(pattern);
        }
        new Runner(options.build()).run();
    }
}

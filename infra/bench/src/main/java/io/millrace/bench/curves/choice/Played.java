package io.millrace.bench.curves.choice;

import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Sample;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a contestant earned.
 *
 * @param rewards [seeds × points] mean reward so far
 */
record Played(Contestant contestant, double[][] rewards) {

    /** The progressive reward of all rounds, at each seed. */
    Sample sample() {
        int last = rewards[0].length - 1;
        return new Sample(
                Arrays.stream(rewards).mapToDouble(ofSeed -> ofSeed[last]).toArray());
    }

    double mean() {
        return sample().mean();
    }

    /** The mean of the seeds over the rounds. */
    Series curve(String name, int rounds) {
        int points = rewards[0].length;
        double[] x = IntStream.rangeClosed(1, points)
                .mapToDouble(point -> (double) rounds * point / points)
                .toArray();
        double[] y = IntStream.range(0, points)
                .mapToDouble(point -> Arrays.stream(rewards)
                        .mapToDouble(ofSeed -> ofSeed[point])
                        .average()
                        .orElseThrow())
                .toArray();
        return new Series(name, x, y);
    }
}

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

    /** The share of the rounds after which the mean of the seeds is {@code reward} or more; 1 when it never is before the last. */
    double shareOfRoundsTo(double reward) {
        double[] means = means();
        int point = 0;
        while (point < means.length - 1 && means[point] < reward) {
            point++;
        }
        return (point + 1.0) / means.length;
    }

    /** The mean of the seeds over the rounds. */
    Series curve(String name, int rounds) {
        int points = rewards[0].length;
        double[] x = IntStream.rangeClosed(1, points)
                .mapToDouble(point -> (double) rounds * point / points)
                .toArray();
        return new Series(name, x, means());
    }

    private double[] means() {
        return IntStream.range(0, rewards[0].length)
                .mapToDouble(point -> Arrays.stream(rewards)
                        .mapToDouble(ofSeed -> ofSeed[point])
                        .average()
                        .orElseThrow())
                .toArray();
    }
}

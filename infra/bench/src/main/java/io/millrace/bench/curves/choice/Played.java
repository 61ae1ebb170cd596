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

    /**
     * The share of the rounds after which the mean of the seeds is {@code reward} or more and stays so; more than 1 when it is
     * less after all of them.
     */
    double shareOfRoundsTo(double reward) {
        double[] means = means();
        int point = means.length;
        while (point > 0 && means[point - 1] >= reward) {
            point--;
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

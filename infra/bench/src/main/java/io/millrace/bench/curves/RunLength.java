package io.millrace.bench.curves;

import java.util.SplittableRandom;

/**
 * How much of its full length a suite runs: 1 for figures to quote, less to try it.
 *
 * @param share greater than 0
 */
public record RunLength(double share) {

    public static final RunLength FULL = new RunLength(1);

    private static final long FIRST_SEED = 1;

    public RunLength {
        if (!(share > 0) || Double.isInfinite(share)) {
            throw new IllegalArgumentException("--length: expected a share greater than 0, found " + share);
        }
    }

    /** The share of a full number of runs, episodes or trajectories; at least 1. */
    public int of(int full) {
        return (int) Math.max(1, Math.round(full * share));
    }

    /** A seed for each run: the same ones every time, and a shorter suite has the first of them. */
    public long[] seeds(int full) {
        return new SplittableRandom(FIRST_SEED).longs(of(full)).toArray();
    }
}

package io.millrace.learner.gradient;

/**
 * Column store of the trajectories of a batch, for the ledger and the lag chain. Arrays of equal length; times in
 * milliseconds since the epoch, 0 for trajectories without a reward of their own.
 */
public record LearnedTrajectories(String[] ids, long[] observedAtMs, long[] appendedAtMs, long[] joinedAtMs) {

    /** Of a further pass, which counts nothing again. */
    static LearnedTrajectories none() {
        return new LearnedTrajectories(new String[0], new long[0], new long[0], new long[0]);
    }

    public int size() {
        return ids.length;
    }
}

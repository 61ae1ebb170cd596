package io.millrace.local.demo;

import io.millrace.schemas.LearningStats;

/** How many versions old the parameters were that generated what is learned. Safe for use by several threads. */
final class Staleness {

    private double sum;
    private long trajectories;
    private long max;

    /** Versions between behaviour and learner. */
    record Versions(double mean, long max) {}

    synchronized void add(LearningStats stats) {
        sum += stats.getStalenessMean() * stats.getTrajectories();
        trajectories += stats.getTrajectories();
        max = Math.max(max, stats.getStalenessMax());
    }

    synchronized Versions read() {
        return new Versions(trajectories == 0 ? 0 : sum / trajectories, max);
    }
}

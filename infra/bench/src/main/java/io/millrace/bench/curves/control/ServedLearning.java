package io.millrace.bench.curves.control;

import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.sdk.replica.UpdateListener;
import java.time.Duration;
import java.time.InstantSource;

/** What a serving replica has heard of one policy's learning, and lets the thread that plays wait for. */
final class ServedLearning {

    /** Longer than any pass takes: whatever has not come by then was ended, as a checkpoint ends passes. */
    private static final Duration QUIET = Duration.ofMillis(400);

    private final InstantSource clock;
    private long trajectories;
    private long steps;
    private double staleness;
    private long most;

    ServedLearning(InstantSource clock) {
        this.clock = clock;
    }

    UpdateListener listener() {
        return (policy, update, outcome, at) -> {
            if (outcome == ParameterReplica.Outcome.APPLIED) {
                hear(update);
            }
        };
    }

    private synchronized void hear(ParameterUpdate update) {
        LearningStats stats = update.getStats();
        if (stats != null) {
            trajectories = Math.max(trajectories, stats.getTrajectoriesTotal());
            steps += stats.getSteps();
            staleness += stats.getTrajectories() * stats.getStalenessMean();
            most = Math.max(most, stats.getStalenessMax());
            notifyAll();
        }
    }

    /**
     * Waits until {@code learned} trajectories in all are learned from, and then until {@code passed} optimizer steps in all
     * are served or no more come.
     *
     * @throws IllegalStateException when nothing was learned for {@code patience}
     */
    synchronized void await(long learned, long passed, Duration patience) throws InterruptedException {
        while (trajectories < learned) {
            if (!awaitMore(patience)) {
                throw new IllegalStateException("learning: expected " + learned + " trajectories, found " + trajectories
                        + " and none more within " + patience + "; see the log");
            }
        }
        boolean more = true;
        while (steps < passed && more) {
            more = awaitMore(QUIET);
        }
    }

    /** Whether something was heard within that time. */
    private boolean awaitMore(Duration patience) throws InterruptedException {
        long learned = trajectories;
        long passed = steps;
        long deadline = clock.millis() + patience.toMillis();
        long left = patience.toMillis();
        while (trajectories == learned && steps == passed && left > 0) {
            wait(left);
            left = deadline - clock.millis();
        }
        return trajectories != learned || steps != passed;
    }

    /** Optimizer steps served. */
    synchronized long steps() {
        return steps;
    }

    /** Versions that a trajectory was behind when it was learned from, mean of all. */
    synchronized double meanStaleness() {
        return staleness / Math.max(1, trajectories);
    }

    /** The most that any was behind. */
    synchronized long greatestStaleness() {
        return most;
    }
}

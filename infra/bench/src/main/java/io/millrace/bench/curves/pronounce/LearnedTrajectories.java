package io.millrace.bench.curves.pronounce;

import io.millrace.local.demo.UpdateLag;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.sdk.replica.UpdateListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Counts the trajectories in θ's lineage as a serving replica sees it, and lets a thread wait for a number of them. */
final class LearnedTrajectories {

    private final Clock clock;
    private final UpdateLag lag = new UpdateLag();
    private long learned;

    LearnedTrajectories(Clock clock) {
        this.clock = clock;
    }

    UpdateListener listener() {
        return (policy, update, outcome, at) -> {
            if (outcome == ParameterReplica.Outcome.APPLIED) {
                lag.applied(update, at);
                count(update);
            }
        };
    }

    /** What paces the users; milliseconds. */
    double lagMillis() {
        return lag.seenMillis(clock.instant());
    }

    private synchronized void count(ParameterUpdate update) {
        LearningStats stats = update.getStats();
        if (stats != null) {
            learned = Math.max(learned, stats.getTrajectoriesTotal());
            notifyAll();
        }
    }

    /**
     * Waits until at least {@code wanted} are learned; how many are.
     *
     * @throws IllegalStateException when nothing was learned for {@code patience}
     */
    synchronized long await(long wanted, Duration patience) throws InterruptedException {
        long seen = learned;
        Instant deadline = clock.instant().plus(patience);
        while (learned < wanted) {
            long left = Duration.between(clock.instant(), deadline).toMillis();
            if (left <= 0) {
                throw new IllegalStateException("learning: expected more trajectories within " + patience + ", found "
                        + learned + " as before; see the log");
            }
            wait(left);
            if (learned > seen) {
                seen = learned;
                deadline = clock.instant().plus(patience);
            }
        }
        return learned;
    }
}

package io.millrace.local.demo;

import io.millrace.local.audit.LineageEntry;
import io.millrace.local.audit.LineageTree;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.sdk.replica.UpdateListener;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Watches the updates of one policy as the replicas see them: θ's lineage, its lag and its staleness. */
final class UpdateWatch {

    private final LineageTree lineage = new LineageTree();
    private final UpdateLag lag = new UpdateLag();
    private final Staleness staleness = new Staleness();
    private final AtomicLong updates = new AtomicLong();

    /** The listener that follows the lineage too; every replica sees the same records, so one is enough. */
    UpdateListener leading() {
        return (policy, update, outcome, at) -> {
            LineageEntry.of(update).ifPresent(lineage::add);
            LearningStats stats = update.getStats();
            if (outcome == ParameterReplica.Outcome.APPLIED && stats != null) {
                updates.incrementAndGet();
                staleness.add(stats);
            }
            countLag(update, outcome, at);
        };
    }

    UpdateListener following() {
        return (policy, update, outcome, at) -> countLag(update, outcome, at);
    }

    private void countLag(ParameterUpdate update, ParameterReplica.Outcome outcome, Instant at) {
        if (outcome == ParameterReplica.Outcome.APPLIED) {
            lag.applied(update, at);
        }
    }

    LineageTree lineage() {
        return lineage;
    }

    UpdateLag lag() {
        return lag;
    }

    Staleness.Versions staleness() {
        return staleness.read();
    }

    long updatesApplied() {
        return updates.get();
    }
}

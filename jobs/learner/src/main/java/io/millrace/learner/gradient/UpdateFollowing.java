package io.millrace.learner.gradient;

import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.wire.UpdateReader;
import io.millrace.schemas.ParameterUpdate;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the replicas of all policies up to date, and gives up when one cannot be any more. */
final class UpdateFollowing {

    private static final Logger LOG = LoggerFactory.getLogger(UpdateFollowing.class);

    /** How long updates may be unfit before the job restarts; milliseconds. */
    private static final long HEALING_MS = 10_000;

    private final OrphanedUpdates orphans = new OrphanedUpdates();
    private final Map<String, PolicyWorker> workers;
    private final ProcessingTimeService time;
    private final Consumer<PolicyWorker> moved;

    /**
     * Follows for the workers that there are when an update comes.
     *
     * @param workers by policy
     * @param moved hears of every worker whose θ has moved
     */
    UpdateFollowing(Map<String, PolicyWorker> workers, ProcessingTimeService time, Consumer<PolicyWorker> moved) {
        this.workers = workers;
        this.time = time;
        this.moved = moved;
    }

    /** What came before the policy did. */
    void followOrphansOf(String policy) {
        orphans.remove(policy).forEach(this::follow);
    }

    /** An update arrives, perhaps before its policy does. */
    void follow(ParameterUpdate update) {
        PolicyWorker worker = workers.get(update.getPolicy());
        if (worker == null || !worker.replica().ready()) {
            orphans.add(update);
        }
        if (worker == null) {
            return;
        }
        ParameterReplica replica = worker.replica();
        switch (replica.offer(UpdateReader.chunk(update))) {
            case APPLIED -> {
                orphans.forget(update.getPolicy());
                worker.healing().sawFit();
                moved.accept(worker);
            }
            case GAP -> {
                worker.healing().sawGap(update.getVersion());
                awaitHealing(worker);
            }
            case CORRUPT -> awaitHealing(worker);
            case PARTIAL, IGNORED -> {}
        }
    }

    /** Gives the replica some time to come right, then the job another epoch. */
    private void awaitHealing(PolicyWorker worker) {
        if (!worker.replica().ready()) {
            return;
        }
        LOG.warn("{}", worker.replica().lastProblem());
        if (!worker.healing().begin()) {
            return;
        }
        long due = time.getCurrentProcessingTime() + HEALING_MS;
        // What the timer throws fails the task; its future has nothing to add.
        var unused = time.registerTimer(due, now -> {
            if (worker.healing().hasFailed()) {
                throw new IllegalStateException(
                        "Parameters of policy '" + worker.known().name() + "' cannot be followed: "
                                + worker.replica().lastProblem() + "; the job restarts and publishes a snapshot");
            }
        });
    }
}

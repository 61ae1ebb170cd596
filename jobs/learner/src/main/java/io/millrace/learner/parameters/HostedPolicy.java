package io.millrace.learner.parameters;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.gradient.PartialGradient;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicyCommand;
import io.millrace.schemas.PolicyCommandKind;
import java.time.Instant;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;

/** One policy at the server: when its batches close, when it publishes, which snapshots it keeps. */
final class HostedPolicy {

    private static final int SLOTS = 2;

    private final PolicyLearner learner;
    private final StalenessPace pace = new StalenessPace();
    private final ParameterServer server;
    private final PolicyMetrics metrics;
    private final RewardGuard rewardGuard = new RewardGuard();
    private int nextSlot;
    private String lastCommand;
    private long lastPublishedMs = Long.MIN_VALUE;
    private boolean stepScheduled;
    private boolean publishScheduled;
    private boolean open;
    private long snapshotVersion = -1;

    HostedPolicy(
            PolicyLearner learner, int nextSlot, String lastCommand, ParameterServer server, MetricGroup operator) {
        this.learner = learner;
        this.nextSlot = nextSlot;
        this.lastCommand = lastCommand;
        this.server = server;
        this.metrics = new PolicyMetrics(operator, learner, pace);
    }

    PolicyLearner learner() {
        return learner;
    }

    LineageHeader header() {
        Lineage lineage = learner.lineage();
        return new LineageHeader(
                learner.known().spec(),
                lineage.epoch(),
                lineage.version(),
                lineage.chain(),
                lineage.trajectoriesTotal(),
                lineage.steps(),
                learner.vectors().theta().length,
                learner.vectors().count(),
                nextSlot,
                lastCommand);
    }

    /** Opens the epoch, once. */
    void open() {
        if (!open) {
            open = true;
            publishEpoch();
            scheduleSnapshot();
        }
    }

    /** Publishes the epoch's snapshot: what every replica waits for. */
    private void publishEpoch() {
        Instant now = Instant.ofEpochMilli(server.now());
        server.emit(learner.openingSnapshot(now));
        keepSnapshot(now);
        lastPublishedMs = server.now();
    }

    void accept(PartialGradient partial) {
        open();
        learner.accept(partial);
        if (learner.isBatchFull()) {
            step();
        } else if (!stepScheduled) {
            scheduleStep();
        }
        rewardGuard
                .observe(
                        partial,
                        learner.lineage().version(),
                        learner.known().definition().guards())
                .ifPresent(this::rollBack);
    }

    /**
     * A batch that is not full waits until its oldest trajectory has come of age, and until an update is due: a step costs
     * by the rows it touches, and two small ones touch nearly twice as many as one that nobody waits longer for.
     */
    private void scheduleStep() {
        long dueMs = Math.max(
                learner.oldestInBatchMs()
                        + learner.known().definition().batch().maxAge().toMillis(),
                updateDueMs());
        if (server.now() >= dueMs) {
            step();
            return;
        }
        stepScheduled = true;
        server.at(dueMs, () -> {
            stepScheduled = false;
            step();
        });
    }

    private long updateDueMs() {
        long leastMs = learner.known().definition().publish().minInterval().toMillis();
        return lastPublishedMs + Math.max(leastMs, pace.intervalMs());
    }

    private void step() {
        learnBatch();
        publishWhenDue();
    }

    /** Now, or as soon as the least interval since the last update has passed. */
    private void publishWhenDue() {
        if (!learner.hasUnpublishedSteps() || publishScheduled) {
            return;
        }
        long due = updateDueMs();
        if (server.now() >= due) {
            publish(PolicyLearner.Audit.WITHOUT);
        } else {
            publishScheduled = true;
            server.at(due, () -> {
                publishScheduled = false;
                publishWhenDue();
            });
        }
    }

    private void learnBatch() {
        if (learner.hasBatch()) {
            learner.step().ifPresentOrElse(this::refuse, metrics.steps::inc);
        }
    }

    private void refuse(PolicyLearner.GuardTrip trip) {
        metrics.guardTrips.inc();
        server.refuse(trip, learner.known().name());
    }

    private void publish(PolicyLearner.Audit audit) {
        if (!learner.hasUnpublishedSteps()) {
            return;
        }
        long stalest = learner.stalestSeen();
        try {
            List<ParameterUpdate> update = learner.publish(Instant.ofEpochMilli(server.now()), audit);
            server.emit(update);
            pace.published(
                    server.now(), stalest, learner.known().definition().guards().maxStaleness());
            metrics.published(update);
            lastPublishedMs = server.now();
        } catch (ArithmeticException e) {
            refuse(learner.dropUnpublished(String.valueOf(e.getMessage())));
        }
    }

    /** Learns and publishes everything that has arrived, so that state is a published version. */
    void settle() {
        learnBatch();
        publish(PolicyLearner.Audit.WITHOUT);
    }

    private void scheduleSnapshot() {
        long due = server.now()
                + learner.known().definition().publish().snapshotEvery().toMillis();
        server.at(due, () -> {
            if (learner.hasUnpublishedSteps() || learner.lineage().version() != snapshotVersion) {
                publish(PolicyLearner.Audit.WITH_CHECKSUM);
                keepSnapshot(Instant.ofEpochMilli(server.now()));
            }
            scheduleSnapshot();
        });
    }

    /** Alternates between the slots, so that a complete snapshot is always there while the next is written. */
    private void keepSnapshot(Instant now) {
        List<ParameterSnapshot> snapshot = learner.keptSnapshot(nextSlot, now);
        server.emitSnapshots(snapshot);
        rewardGuard.kept(
                new PublishedSnapshot(snapshot), learner.known().definition().guards());
        nextSlot = (nextSlot + 1) % SLOTS;
        snapshotVersion = learner.lineage().version();
    }

    /** Follows a new revision; refuses one that changes the model. */
    void follow(KnownPolicy changed, PolicyOpening opening) {
        KnownPolicy known = learner.known();
        if (!changed.hasModelOf(known)) {
            throw new IllegalArgumentException("model: expected the one that the policy was created with (revision "
                    + known.revision() + "), found another; give the policy a new name to learn another model");
        }
        List<ParameterSnapshot> reference = opening.references().freeze(changed);
        settle();
        learner.follow(changed);
        server.emitSnapshots(reference);
        if (obey(opening)) {
            publishEpoch();
        }
    }

    /**
     * Carries the specification's command out, once; answers whether there was one. The caller publishes the epoch.
     *
     * @throws IllegalArgumentException when it cannot be carried out; it is not tried again
     */
    boolean obey(PolicyOpening opening) {
        PolicyCommand command = learner.known().spec().getCommand();
        if (command == null
                || command.getKind() == PolicyCommandKind.NONE
                || command.getCommandId().equals(lastCommand)) {
            return false;
        }
        lastCommand = command.getCommandId();
        opening.carryOut(learner, command, server.now());
        return true;
    }

    /** Goes back to the last version that was seen to earn what is usual. */
    private void rollBack(RewardGuard.Drop drop) {
        settle();
        Lineage from = learner.lineage();
        PolicyOpening.rollBack(learner, drop.good(), server.now());
        publishEpoch();
        metrics.rewardDrops.inc();
        server.notice(
                drop.detail() + "; rolled back from epoch " + from.epoch() + " version " + from.version() + " to epoch "
                        + drop.good().epoch() + " version " + drop.good().version(),
                learner.known().name());
    }
}

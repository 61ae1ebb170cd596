package io.millrace.learner.parameters;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.gradient.LearnedTrajectories;
import io.millrace.learner.gradient.PartialGradient;
import io.millrace.policy.optimizer.Optimizer;
import io.millrace.policy.parameters.Checksums;
import io.millrace.policy.parameters.DeltaEncoder;
import io.millrace.policy.parameters.EncodedParameters;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.SnapshotEncoder;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.spec.GuardSpec;
import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The single writer of one policy's θ: gathers partial gradients to a batch, checks them, steps, publishes. Knows no Flink
 * and no clock; {@link ParameterServer} hosts it.
 *
 * <p>An optimizer step goes to the pending vector only. Publishing encodes the pending vector, adds to θ exactly what
 * replicas will decode, and leaves what quantisation lost pending. So θ is bit for bit what every replica has.
 */
final class PolicyLearner {

    /** A batch that was dropped instead of learned. */
    record GuardTrip(String detail, List<LearnedTrajectories> trajectories) {}

    private final DeltaEncoder encoder;
    private final List<SparseRows> gradients = new ArrayList<>();
    private final List<PartialGradient> batch = new ArrayList<>();
    private final List<LearnedTrajectories> unpublished = new ArrayList<>();
    private final UpdateStatistics statistics = new UpdateStatistics();
    private final LearnedValues values = new LearnedValues();
    private final Vectors vectors;
    private KnownPolicy known;
    private Optimizer optimizer;
    private Lineage lineage;
    private long batchTrajectories;
    /** Of the batch's trajectories, those that no earlier pass has counted. */
    private long batchLearned;

    private long batchGenerated;
    private double batchKl;
    private long oldestInBatchMs = Long.MAX_VALUE;

    private PolicyLearner(KnownPolicy known, Lineage lineage) {
        ParameterLayout layout = known.policy().layout();
        this.known = known;
        this.optimizer = Optimizer.of(known.definition().optimizer(), layout);
        this.encoder = new DeltaEncoder(layout);
        this.vectors = new Vectors(layout, optimizer.moments());
        this.lineage = lineage;
    }

    /** Begins from θ₀. */
    static PolicyLearner begin(KnownPolicy known, long epoch) {
        var learner = new PolicyLearner(known, Lineage.begin(epoch, 0));
        known.policy().initialize(learner.vectors.theta(), known.definition().seed());
        learner.lineage = Lineage.begin(epoch, Checksums.of(learner.vectors.theta()));
        learner.vectors.chunks().markAll();
        return learner;
    }

    /** Goes on from some parameters, without moments. */
    static PolicyLearner from(KnownPolicy known, Lineage lineage, float[] theta) {
        var learner = new PolicyLearner(known, lineage);
        System.arraycopy(theta, 0, learner.vectors.theta(), 0, theta.length);
        learner.vectors.chunks().markAll();
        return learner;
    }

    /** Goes on from state; the caller fills {@link #vectors}. */
    static PolicyLearner restored(KnownPolicy known, Lineage lineage) {
        return new PolicyLearner(known, lineage);
    }

    KnownPolicy known() {
        return known;
    }

    Lineage lineage() {
        return lineage;
    }

    LearnedValues values() {
        return values;
    }

    Vectors vectors() {
        return vectors;
    }

    /**
     * New hyper-parameters for the same model.
     *
     * @throws IllegalArgumentException when the optimizer's moments would not fit; nothing has changed then
     */
    void follow(KnownPolicy changed) {
        Optimizer next =
                Optimizer.of(changed.definition().optimizer(), changed.policy().layout());
        if (next.moments() != optimizer.moments()) {
            throw new IllegalArgumentException("optimizer.kind: expected one with as many moments ("
                    + optimizer.moments() + ") as the policy has learned with, found " + next.moments()
                    + "; give the policy a new name to learn with another optimizer");
        }
        known = changed;
        optimizer = next;
    }

    /** Replaces θ by one of its own earlier versions. Moments stay; what was pending is forgotten. */
    void replace(Lineage to, float[] theta) {
        lineage = to;
        System.arraycopy(theta, 0, vectors.theta(), 0, theta.length);
        vectors.clearPending();
    }

    /** Replaces θ by one from elsewhere, which the moments know nothing of: they start empty. */
    void bringIn(Lineage to, float[] theta) {
        replace(to, theta);
        vectors.clearMoments();
    }

    void accept(PartialGradient partial) {
        gradients.add(partial.gradient());
        batch.add(partial.withoutGradient());
        batchTrajectories += partial.statistics().trajectories;
        batchLearned += partial.trajectories().size();
        if (partial.trajectories().size() == 0) {
            oldestInBatchMs = 0; // a further pass waits for nobody
        }
        batchGenerated += partial.statistics().generated();
        batchKl += partial.statistics().klSum;
        for (long joinedAtMs : partial.trajectories().joinedAtMs()) {
            oldestInBatchMs = Math.min(oldestInBatchMs, joinedAtMs);
        }
    }

    /** When the first trajectory of the batch was joined; milliseconds since the epoch. */
    long oldestInBatchMs() {
        return oldestInBatchMs;
    }

    boolean hasBatch() {
        return !batch.isEmpty();
    }

    boolean isBatchFull() {
        return batchTrajectories >= known.definition().batch().trajectories();
    }

    /** Takes an optimizer step with the batch gathered so far, unless a guard objects; then the batch is dropped. */
    Optional<GuardTrip> step() {
        if (batch.isEmpty()) {
            return Optional.empty();
        }
        GuardSpec guards = known.definition().guards();
        SparseRows gradient = SparseRows.sum(gradients);
        double meanNorm = Math.sqrt(gradient.squaredNorm()) / batchTrajectories;
        double meanKl = batchKl / Math.max(1, batchGenerated);
        Optional<GuardTrip> trip = Optional.empty();
        if (!Double.isFinite(meanNorm)) {
            trip = Optional.of(trip("gradient: expected finite numbers, found norm " + meanNorm));
        } else if (!(meanKl <= guards.maxKl())) {
            trip = Optional.of(trip("approximate KL: expected at most guards.max-kl " + guards.maxKl() + ", found "
                    + meanKl + "; lower optimizer.learning-rate or raise the guard"));
        } else {
            learn(gradient, meanNorm, guards);
        }
        gradients.clear();
        batch.clear();
        batchTrajectories = 0;
        batchLearned = 0;
        batchGenerated = 0;
        batchKl = 0;
        oldestInBatchMs = Long.MAX_VALUE;
        return trip;
    }

    private void learn(SparseRows gradient, double meanNorm, GuardSpec guards) {
        double clip = guards.scaleOf(meanNorm);
        vectors.chunks().mark(gradient);
        lineage = lineage.stepped(batchLearned);
        optimizer.step(
                gradient, (float) (clip / batchTrajectories), vectors.moments(), lineage.steps(), vectors.pending());
        for (PartialGradient partial : batch) {
            statistics.add(partial);
            values.learn(partial.totals());
            unpublished.add(partial.trajectories());
        }
        statistics.step(meanNorm);
    }

    private GuardTrip trip(String detail) {
        return new GuardTrip(
                detail, batch.stream().map(PartialGradient::trajectories).toList());
    }

    /** Largest staleness that has arrived since the last update, learned or refused; versions. */
    long stalestSeen() {
        return statistics.stalestSeen();
    }

    boolean hasUnpublishedSteps() {
        return !statistics.isEmpty();
    }

    /**
     * Publishes the pending steps as a delta, with a checksum of θ where {@code audit} asks for one. A ledger too long for one
     * record goes on in the versions that follow, whose deltas are empty.
     *
     * @throws ArithmeticException when θ would not stay finite; θ has not changed, {@link #dropUnpublished} comes next
     */
    List<ParameterUpdate> publish(Instant now, Audit audit) {
        vectors.markPending();
        List<ParameterUpdate> updates = new ArrayList<>(1);
        for (LearningStats stats : statistics(now)) {
            EncodedParameters delta = encoder.encode(vectors.pending(), vectors.theta());
            lineage = lineage.published(Checksums.chain(lineage.chain(), delta.payload()));
            Integer checksum = audit == Audit.WITH_CHECKSUM ? Checksums.of(vectors.theta()) : null;
            updates.addAll(records(now).delta(lineage, delta, checksum, stats));
        }
        clearStatistics();
        return updates;
    }

    /** Gives up the steps not yet published: they would make θ infinite. Moments have seen them, and stay. */
    GuardTrip dropUnpublished(String reason) {
        var trip = new GuardTrip(
                "step: expected parameters that stay finite, found others: " + reason
                        + "; lower optimizer.learning-rate",
                List.copyOf(unpublished));
        lineage = lineage.without(
                unpublished.stream().mapToLong(LearnedTrajectories::size).sum());
        vectors.pending().clear();
        clearStatistics();
        return trip;
    }

    /** Whether a delta carries the checksum of the whole vector, which costs a pass over it. */
    enum Audit {
        WITH_CHECKSUM,
        WITHOUT
    }

    /** The snapshot that opens an epoch. Expects no unpublished steps. */
    List<ParameterUpdate> openingSnapshot(Instant now) {
        float[] theta = vectors.theta();
        LearningStats stats = statistics(now).get(0);
        clearStatistics();
        EncodedParameters encoded = SnapshotEncoder.encode(known.policy().layout(), theta);
        return records(now).snapshot(lineage, encoded, Checksums.of(theta), stats);
    }

    /** The snapshot for the compacted topic. Expects no unpublished steps. */
    List<ParameterSnapshot> keptSnapshot(int slot, Instant now) {
        float[] theta = vectors.theta();
        return records(now)
                .kept(lineage, slot, SnapshotEncoder.encode(known.policy().layout(), theta), Checksums.of(theta));
    }

    private UpdateRecords records(Instant now) {
        return new UpdateRecords(known.name(), known.revision(), now);
    }

    private List<LearningStats> statistics(Instant now) {
        List<LearningStats> parts = statistics.toRecords(
                lineage.trajectoriesTotal(), now, known.definition().publish().ledger());
        parts.forEach(part -> part.setValueEstimates(values.records()));
        return parts;
    }

    private void clearStatistics() {
        statistics.clear();
        unpublished.clear();
    }
}

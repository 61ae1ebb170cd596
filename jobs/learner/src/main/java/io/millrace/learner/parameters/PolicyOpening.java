package io.millrace.learner.parameters;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.policy.parameters.Checksums;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.wire.UpdateReader;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.PolicyCommand;
import io.millrace.schemas.PolicyCommandKind;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a policy's θ comes from: its state, its last published snapshot, or θ₀; and which epoch it opens. */
final class PolicyOpening {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyOpening.class);

    private final PublishedSnapshots published;
    private final FrozenReferences references;

    PolicyOpening(PublishedSnapshots published) {
        this.published = published;
        this.references = new FrozenReferences(published);
    }

    FrozenReferences references() {
        return references;
    }

    /**
     * A policy that is new to this job.
     *
     * @param nextSlot slot of its next snapshot
     * @param followed revision of the specification that has been followed, its command carried out; 0: none
     */
    record Opened(PolicyLearner learner, int nextSlot, long followed) {}

    /**
     * A policy that has no state here: from its last published snapshot, else from θ₀.
     *
     * @throws IllegalArgumentException when the snapshot does not fit the specification, or when there are only pieces of
     *     snapshots: something was learned, and must not be forgotten silently
     */
    Opened fresh(KnownPolicy known, long nowMs) {
        return published
                .newest(known.name())
                .map(snapshot -> {
                    LOG.info(
                            "Policy '{}' goes on from its published snapshot, epoch {} version {}; optimizer moments start empty",
                            known.name(),
                            snapshot.epoch(),
                            snapshot.version());
                    Lineage lineage = lineage(snapshot, newEpoch(snapshot.epoch(), nowMs), 0);
                    return new Opened(
                            PolicyLearner.from(known, lineage, theta(known, snapshot)),
                            (snapshot.slot() + 1) % 2,
                            snapshot.specRevision());
                })
                .orElseGet(() -> {
                    requireNothingLearned(known.name());
                    return new Opened(PolicyLearner.begin(known, nowMs), 0, 0);
                });
    }

    private void requireNothingLearned(String policy) {
        published.newestTorn(policy).ifPresent(version -> {
            throw new IllegalArgumentException("snapshots: expected a complete one of policy '" + policy
                    + "', found only pieces, the newest of version " + version
                    + "; restore the job from a checkpoint, or delete the policy's records in the snapshots topic to begin"
                    + " anew");
        });
    }

    /** A policy from state, with a new epoch. */
    PolicyLearner restored(LineageHeader header, Iterable<Map.Entry<Integer, VectorChunk>> chunks, long nowMs) {
        KnownPolicy known = KnownPolicy.of(header.spec());
        long used = published.newest(known.name()).map(PublishedSnapshot::epoch).orElse(header.epoch());
        var lineage = new Lineage(
                header.epoch(),
                header.version(),
                header.epoch(),
                header.version(),
                header.chain(),
                header.trajectoriesTotal(),
                header.steps());
        PolicyLearner learner =
                PolicyLearner.restored(known, lineage.reopened(newEpoch(Math.max(used, header.epoch()), nowMs)));
        Vectors vectors = learner.vectors();
        if (vectors.theta().length != header.size() || vectors.count() != header.vectors()) {
            throw new IllegalStateException("State of policy '" + known.name() + "': expected " + vectors.count()
                    + " vectors of " + vectors.theta().length + " parameters, found " + header.vectors() + " of "
                    + header.size());
        }
        int perVector = vectors.chunks().count();
        for (Map.Entry<Integer, VectorChunk> chunk : chunks) {
            vectors.read(
                    chunk.getKey() / perVector,
                    chunk.getKey() % perVector,
                    chunk.getValue().values());
        }
        return learner;
    }

    /**
     * Rolls back to a version that is still kept, or brings in parameters from outside.
     *
     * @throws IllegalArgumentException when they are not there, or are not the policy's; nothing has changed then
     */
    void carryOut(PolicyLearner learner, PolicyCommand command, long nowMs) {
        PublishedSnapshot named = published
                .find(learner.known().name(), command.getEpoch(), command.getVersion())
                .orElseThrow(() -> new IllegalArgumentException("command: expected a version that is kept in the"
                        + " snapshots topic, found epoch " + command.getEpoch() + " version " + command.getVersion()));
        if (command.getKind() == PolicyCommandKind.IMPORT) {
            bringIn(learner, named, nowMs);
        } else {
            rollBack(learner, named, nowMs);
        }
    }

    /**
     * Goes back to a version that a learner has published.
     *
     * @throws IllegalArgumentException when its chunks are damaged or of another model; nothing has changed then
     */
    static void rollBack(PolicyLearner learner, PublishedSnapshot to, long nowMs) {
        float[] theta = theta(learner.known(), to);
        Lineage now = learner.lineage();
        // The moments stay, and so does the number of steps that they have seen.
        learner.replace(lineage(to, newEpoch(Math.max(now.epoch(), to.epoch()), nowMs), now.steps()), theta);
    }

    /** θ from outside has learned nothing here: its lineage begins with it. */
    private static void bringIn(PolicyLearner learner, PublishedSnapshot imported, long nowMs) {
        float[] theta = theta(learner.known(), imported);
        long epoch = newEpoch(learner.lineage().epoch(), nowMs);
        learner.bringIn(Lineage.begin(epoch, Checksums.of(theta)), theta);
    }

    private static Lineage lineage(PublishedSnapshot snapshot, long epoch, long steps) {
        return new Lineage(
                epoch,
                snapshot.version(),
                snapshot.epoch(),
                snapshot.version(),
                snapshot.chunks().get(0).getChain(),
                snapshot.trajectoriesTotal(),
                steps);
    }

    /**
     * θ in a snapshot.
     *
     * @throws IllegalArgumentException when its chunks are damaged or of another model
     */
    static float[] theta(KnownPolicy known, PublishedSnapshot snapshot) {
        ParameterReplica replica =
                ParameterReplica.singleThreaded(known.name(), known.policy().layout());
        for (ParameterSnapshot chunk : snapshot.chunks()) {
            replica.offer(UpdateReader.chunk(chunk));
        }
        if (!replica.ready()) {
            throw new IllegalArgumentException(replica.lastProblem());
        }
        return replica.read(theta -> theta.values().clone());
    }

    /**
     * Higher than any epoch that can have been used: than those known, and than any that was opened and lost, since each
     * was the time of its opening.
     */
    private static long newEpoch(long used, long nowMs) {
        return Math.max(used + 1, nowMs);
    }
}

package io.millrace.bench;

import io.millrace.policy.parameters.Checksums;
import io.millrace.policy.parameters.DeltaEncoder;
import io.millrace.policy.parameters.EncodedParameters;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.parameters.ParameterReplica.Outcome;
import io.millrace.policy.parameters.SnapshotEncoder;
import io.millrace.policy.parameters.UpdateChunk;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An endless stream of updates, each of which goes on from the one before: the same step of {@value
 * Vectors#TOUCHED_ROWS} rows again and again, and the same whole vector in ever higher epochs.
 */
final class Updates {

    static final String POLICY = "bench";

    private final EncodedParameters delta;
    private final EncodedParameters snapshot;
    private final int snapshotChecksum;
    private long epoch;
    private long version;
    private int chain;

    Updates() {
        var random = new SplittableRandom(5);
        float[] theta = Vectors.dense(Vectors.LAYOUT, 1, random);
        this.snapshot = SnapshotEncoder.encode(Vectors.LAYOUT, theta);
        this.snapshotChecksum = Checksums.of(theta);
        GradientAccumulator pending = new GradientAccumulator(Vectors.LAYOUT);
        pending.add(Vectors.sparse(1e-3f, random));
        this.delta = new DeltaEncoder(Vectors.LAYOUT).encode(pending, theta);
    }

    /** The chunks of the next delta. */
    List<UpdateChunk> nextDelta() {
        version++;
        chain = Checksums.chain(chain, delta.payload());
        return UpdateChunk.ofDelta(POLICY, epoch, version, version - 1, delta, chain);
    }

    /** The chunks of the first snapshot of the next epoch. */
    List<UpdateChunk> nextSnapshot() {
        epoch++;
        return UpdateChunk.ofSnapshot(POLICY, epoch, version, snapshot, snapshotChecksum, chain);
    }

    /**
     * Offers all chunks of one update.
     *
     * @throws IllegalStateException when the replica has not applied it, and so would be measured doing nothing
     */
    static void apply(List<UpdateChunk> update, ParameterReplica replica) {
        Outcome last = Outcome.IGNORED;
        for (UpdateChunk chunk : update) {
            last = replica.offer(chunk);
        }
        if (last != Outcome.APPLIED) {
            throw new IllegalStateException(
                    "update offered: expected APPLIED, found " + last + " (" + replica.lastProblem() + ")");
        }
    }
}

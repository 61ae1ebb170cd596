package io.millrace.learner.parameters;

import io.millrace.policy.parameters.EncodedParameters;
import io.millrace.policy.parameters.UpdateChunk;
import io.millrace.policy.wire.UpdateWriter;
import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records that a lineage publishes, cut into chunks that stay under Kafka's size limit. */
final class UpdateRecords {

    private final String policy;
    private final long specRevision;
    private final Instant now;

    /** Records of one publication. */
    UpdateRecords(String policy, long specRevision, Instant now) {
        this.policy = policy;
        this.specRevision = specRevision;
        this.now = now;
    }

    /** A delta to the version before {@code lineage}'s; statistics go on its last chunk. */
    List<ParameterUpdate> delta(
            Lineage lineage, EncodedParameters encoded, @Nullable Integer thetaChecksum, LearningStats stats) {
        List<UpdateChunk> chunks = UpdateChunk.ofDelta(
                policy, lineage.epoch(), lineage.version(), lineage.version() - 1, encoded, lineage.chain());
        return updates(
                thetaChecksum == null
                        ? chunks
                        : chunks.stream()
                                .map(chunk -> chunk.withAudit(thetaChecksum))
                                .toList(),
                lineage,
                stats);
    }

    /** The whole vector. */
    List<ParameterUpdate> snapshot(Lineage lineage, EncodedParameters encoded, int thetaChecksum, LearningStats stats) {
        return updates(snapshotChunks(lineage, encoded, thetaChecksum), lineage, stats);
    }

    /** The whole vector, for the compacted topic. */
    List<ParameterSnapshot> kept(Lineage lineage, int slot, EncodedParameters encoded, int thetaChecksum) {
        return snapshotChunks(lineage, encoded, thetaChecksum).stream()
                .map(chunk -> UpdateWriter.snapshot(chunk)
                        .setSlot(slot)
                        .setTrajectoriesTotal(lineage.trajectoriesTotal())
                        .setSpecRevision(specRevision)
                        .setCreatedAt(now)
                        .build())
                .toList();
    }

    private List<UpdateChunk> snapshotChunks(Lineage lineage, EncodedParameters encoded, int thetaChecksum) {
        return UpdateChunk.ofSnapshot(
                policy, lineage.epoch(), lineage.version(), encoded, thetaChecksum, lineage.chain());
    }

    private List<ParameterUpdate> updates(List<UpdateChunk> parameters, Lineage lineage, LearningStats stats) {
        UpdateChunk tail = parameters.get(parameters.size() - 1);
        List<UpdateChunk> chunks = tail.payload().length + bytes(stats) > EncodedParameters.MAX_CHUNK_BYTES
                ? UpdateChunk.withEmptyLast(parameters)
                : parameters;
        List<ParameterUpdate> updates = new ArrayList<>(chunks.size());
        for (UpdateChunk chunk : chunks) {
            boolean last = chunk.chunk() == chunks.size() - 1;
            updates.add(UpdateWriter.update(chunk)
                    .setParentEpoch(lineage.parentEpoch())
                    .setParentVersion(lineage.parentVersion())
                    .setSpecRevision(specRevision)
                    .setCreatedAt(now)
                    .setStats(last ? stats : null)
                    .build());
        }
        return updates;
    }

    /** Of what may be long; the limit of a chunk leaves room for the rest. */
    private static int bytes(LearningStats stats) {
        int sum = 0;
        for (ByteBuffer part : new @Nullable ByteBuffer[] {
            stats.getLearnedTrajectories(),
            stats.getObservedToAppended(),
            stats.getAppendedToJoined(),
            stats.getJoinedToPublished(),
            stats.getAppendedToPublished()
        }) {
            sum += part == null ? 0 : part.remaining();
        }
        return sum;
    }
}

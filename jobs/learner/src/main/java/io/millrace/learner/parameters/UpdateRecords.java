package io.millrace.learner.parameters;

import io.millrace.policy.parameters.EncodedParameters;
import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts encoded parameters into records that stay under Kafka's size limit. The records share the payload's array. */
final class UpdateRecords {

    private UpdateRecords() {}

    /** A delta to the version before {@code lineage}'s; statistics go on its last chunk. */
    static List<ParameterUpdate> delta(
            String policy,
            Lineage lineage,
            EncodedParameters encoded,
            @Nullable Integer thetaChecksum,
            long specRevision,
            LearningStats stats,
            Instant now) {
        return cut(
                encoded,
                builder(policy, lineage, UpdateKind.DELTA, lineage.version() - 1, lineage.chain(), specRevision, now)
                        .setThetaChecksum(thetaChecksum),
                stats);
    }

    /** The whole vector. */
    static List<ParameterUpdate> snapshot(
            String policy,
            Lineage lineage,
            EncodedParameters encoded,
            int thetaChecksum,
            long specRevision,
            LearningStats stats,
            Instant now) {
        return cut(
                encoded,
                builder(policy, lineage, UpdateKind.SNAPSHOT, lineage.version(), thetaChecksum, specRevision, now),
                stats);
    }

    /** The whole vector, for the compacted topic. */
    static List<ParameterSnapshot> kept(
            String policy,
            Lineage lineage,
            int slot,
            EncodedParameters encoded,
            int thetaChecksum,
            long specRevision,
            Instant now) {
        List<ByteBuffer> parts = parts(encoded.payload());
        List<ParameterSnapshot> records = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            records.add(ParameterSnapshot.newBuilder()
                    .setPolicy(policy)
                    .setSlot(slot)
                    .setEpoch(lineage.epoch())
                    .setVersion(lineage.version())
                    .setChunk(i)
                    .setChunks(parts.size())
                    .setEncoding(encoded.encoding())
                    .setPayload(parts.get(i))
                    .setChecksum(thetaChecksum)
                    .setChain(lineage.chain())
                    .setTrajectoriesTotal(lineage.trajectoriesTotal())
                    .setSpecRevision(specRevision)
                    .setCreatedAt(now)
                    .build());
        }
        return records;
    }

    private static ParameterUpdate.Builder builder(
            String policy,
            Lineage lineage,
            UpdateKind kind,
            long baseVersion,
            int checksum,
            long specRevision,
            Instant now) {
        return ParameterUpdate.newBuilder()
                .setPolicy(policy)
                .setEpoch(lineage.epoch())
                .setVersion(lineage.version())
                .setBaseVersion(baseVersion)
                .setKind(kind)
                .setChecksum(checksum)
                .setChain(lineage.chain())
                .setParentEpoch(lineage.parentEpoch())
                .setParentVersion(lineage.parentVersion())
                .setSpecRevision(specRevision)
                .setCreatedAt(now);
    }

    private static List<ParameterUpdate> cut(
            EncodedParameters encoded, ParameterUpdate.Builder builder, LearningStats stats) {
        List<ByteBuffer> parts = parts(encoded.payload());
        List<ParameterUpdate> records = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            builder.setStats(last ? stats : null);
            // The builder copies nothing but references, so one serves for all chunks.
            ParameterUpdate update = new ParameterUpdate(
                    builder.getPolicy(),
                    builder.getEpoch(),
                    builder.getVersion(),
                    builder.getBaseVersion(),
                    builder.getKind(),
                    i,
                    parts.size(),
                    encoded.encoding(),
                    parts.get(i),
                    builder.getChecksum(),
                    builder.getChain(),
                    builder.getParentEpoch(),
                    builder.getParentVersion(),
                    builder.getThetaChecksum(),
                    builder.getSpecRevision(),
                    builder.getCreatedAt(),
                    builder.getStats());
            records.add(update);
        }
        return records;
    }

    private static List<ByteBuffer> parts(byte[] payload) {
        List<ByteBuffer> parts = new ArrayList<>();
        int from = 0;
        do {
            int length = Math.min(EncodedParameters.MAX_CHUNK_BYTES, payload.length - from);
            parts.add(ByteBuffer.wrap(payload, from, length).slice());
            from += length;
        } while (from < payload.length);
        return parts;
    }
}

package io.millrace.policy.wire;

import io.millrace.policy.parameters.UpdateChunk;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import java.nio.ByteBuffer;

/** From a chunk to the wire's updates and snapshots; the counterpart of {@link UpdateReader}. Payloads are shared. */
public final class UpdateWriter {

    private UpdateWriter() {}

    /**
     * A record with all that the chunk says, of an epoch that goes on from nothing; the caller sets createdAt and,
     * where they apply, another parent, specRevision and stats.
     */
    public static ParameterUpdate.Builder update(UpdateChunk chunk) {
        ParameterUpdate.Builder record = ParameterUpdate.newBuilder()
                .setPolicy(chunk.policy())
                .setEpoch(chunk.epoch())
                .setVersion(chunk.version())
                .setBaseVersion(chunk.baseVersion())
                .setKind(chunk.snapshot() ? UpdateKind.SNAPSHOT : UpdateKind.DELTA)
                .setChunk(chunk.chunk())
                .setChunks(chunk.chunks())
                .setEncoding(chunk.encoding())
                .setPayload(ByteBuffer.wrap(chunk.payload()))
                .setChecksum(chunk.checksum())
                .setChain(chunk.chain())
                .setParentEpoch(chunk.epoch())
                .setParentVersion(0);
        if (chunk.audited()) {
            record.setThetaChecksum(chunk.thetaChecksum());
        }
        return record;
    }

    /**
     * A record with all that the chunk says; the caller sets slot, createdAt and, where they apply, trajectoriesTotal and
     * specRevision.
     *
     * @throws IllegalArgumentException for a chunk of a delta
     */
    public static ParameterSnapshot.Builder snapshot(UpdateChunk chunk) {
        if (!chunk.snapshot()) {
            throw new IllegalArgumentException(
                    "snapshot record: expected a chunk of a snapshot, found one of a delta (policy '" + chunk.policy()
                            + "', version " + chunk.version() + ")");
        }
        return ParameterSnapshot.newBuilder()
                .setPolicy(chunk.policy())
                .setEpoch(chunk.epoch())
                .setVersion(chunk.version())
                .setChunk(chunk.chunk())
                .setChunks(chunk.chunks())
                .setEncoding(chunk.encoding())
                .setPayload(ByteBuffer.wrap(chunk.payload()))
                .setChecksum(chunk.checksum())
                .setChain(chunk.chain());
    }
}

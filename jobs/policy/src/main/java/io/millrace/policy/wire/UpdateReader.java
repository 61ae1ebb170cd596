package io.millrace.policy.wire;

import io.millrace.policy.parameters.UpdateChunk;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import java.nio.ByteBuffer;

/** From the wire's updates and snapshots to what a replica takes. Payloads are shared with the record where they can be. */
public final class UpdateReader {

    private UpdateReader() {}

    public static UpdateChunk chunk(ParameterUpdate update) {
        Integer audit = update.getThetaChecksum();
        return new UpdateChunk(
                update.getPolicy(),
                update.getEpoch(),
                update.getVersion(),
                update.getBaseVersion(),
                update.getKind() == UpdateKind.SNAPSHOT,
                update.getChunk(),
                update.getChunks(),
                update.getEncoding(),
                bytes(update.getPayload()),
                update.getChecksum(),
                update.getChain(),
                audit != null,
                audit == null ? 0 : audit);
    }

    public static UpdateChunk chunk(ParameterSnapshot snapshot) {
        return new UpdateChunk(
                snapshot.getPolicy(),
                snapshot.getEpoch(),
                snapshot.getVersion(),
                snapshot.getVersion(),
                true,
                snapshot.getChunk(),
                snapshot.getChunks(),
                snapshot.getEncoding(),
                bytes(snapshot.getPayload()),
                snapshot.getChecksum(),
                snapshot.getChain(),
                false,
                0);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer.hasArray() && buffer.arrayOffset() == 0 && buffer.remaining() == buffer.array().length) {
            return buffer.array();
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

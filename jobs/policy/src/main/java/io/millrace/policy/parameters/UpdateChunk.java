package io.millrace.policy.parameters;

import java.util.ArrayList;
import java.util.List;

/**
 * One chunk of an update as it came off the wire, see the record ParameterUpdate for the fields. Nothing is checked here:
 * the replica that it is offered to does, and says what is wrong.
 *
 * @param snapshot true for a whole vector, false for a delta to {@code baseVersion}
 * @param checksum of a delta the chain CRC-32C(previous chain, payload), of a snapshot the CRC-32C of the vector
 * @param chain the checksum chain after this update
 * @param thetaChecksum CRC-32C of the vector after a delta, where {@code audited}
 */
public record UpdateChunk(
        String policy,
        long epoch,
        long version,
        long baseVersion,
        boolean snapshot,
        int chunk,
        int chunks,
        String encoding,
        byte[] payload,
        int checksum,
        int chain,
        boolean audited,
        int thetaChecksum) {

    /** The chunks of a snapshot of the vector whose CRC-32C is {@code thetaChecksum}; {@code chain} goes on from it. */
    public static List<UpdateChunk> ofSnapshot(
            String policy, long epoch, long version, EncodedParameters encoded, int thetaChecksum, int chain) {
        return cut(
                encoded,
                new UpdateChunk(
                        policy,
                        epoch,
                        version,
                        version,
                        true,
                        0,
                        1,
                        encoded.encoding(),
                        encoded.payload(),
                        thetaChecksum,
                        chain,
                        false,
                        0));
    }

    /** The chunks of a delta; {@code chain} is the chain after it, {@link Checksums#chain}(previous, payload). */
    public static List<UpdateChunk> ofDelta(
            String policy, long epoch, long version, long baseVersion, EncodedParameters encoded, int chain) {
        return cut(
                encoded,
                new UpdateChunk(
                        policy,
                        epoch,
                        version,
                        baseVersion,
                        false,
                        0,
                        1,
                        encoded.encoding(),
                        encoded.payload(),
                        chain,
                        chain,
                        false,
                        0));
    }

    /** This chunk of a delta, with the CRC-32C of the vector after it. */
    public UpdateChunk withAudit(int checksumOfTheta) {
        return new UpdateChunk(
                policy,
                epoch,
                version,
                baseVersion,
                snapshot,
                chunk,
                chunks,
                encoding,
                payload,
                checksum,
                chain,
                true,
                checksumOfTheta);
    }

    /** The same update in one more chunk, the last, without payload: room for what goes along with it. */
    public static List<UpdateChunk> withEmptyLast(List<UpdateChunk> update) {
        int size = update.size() + 1;
        List<UpdateChunk> chunks = new ArrayList<>(size);
        for (UpdateChunk chunk : update) {
            chunks.add(chunk.withPayload(chunk.chunk(), size, chunk.payload()));
        }
        chunks.add(update.get(0).withPayload(size - 1, size, new byte[0]));
        return chunks;
    }

    private static List<UpdateChunk> cut(EncodedParameters encoded, UpdateChunk whole) {
        List<byte[]> payloads = encoded.chunks();
        List<UpdateChunk> chunks = new ArrayList<>(payloads.size());
        for (byte[] payload : payloads) {
            chunks.add(whole.withPayload(chunks.size(), payloads.size(), payload));
        }
        return chunks;
    }

    private UpdateChunk withPayload(int at, int of, byte[] part) {
        return new UpdateChunk(
                policy,
                epoch,
                version,
                baseVersion,
                snapshot,
                at,
                of,
                encoding,
                part,
                checksum,
                chain,
                audited,
                thetaChecksum);
    }
}

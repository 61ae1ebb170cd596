package io.millrace.policy.parameters;

import org.jspecify.annotations.Nullable;

/** Collects the chunks of one update, in any order. A chunk of a newer update discards what there is of an older one. */
final class ChunkAssembly {

    /** A bound on what a wrong record can make us allocate; far above the chunks of the largest possible vector. */
    static final int MAX_CHUNKS = 1 << 16;

    private static final int MAX_PAYLOAD_BYTES = Integer.MAX_VALUE - 8;

    private @Nullable UpdateChunk first;

    /** By position; a missing one is null. */
    private byte[] @Nullable [] payloads = new byte[0][];

    private int missing;

    enum Progress {
        COMPLETE,
        PARTIAL,
        /** A duplicate, or of an older update than the one that is being collected. */
        IGNORED
    }

    Progress add(UpdateChunk chunk) {
        UpdateChunk collecting = first;
        if (collecting == null || !sameUpdate(collecting, chunk)) {
            if (collecting != null && isOlder(chunk, collecting)) {
                return Progress.IGNORED;
            }
            begin(chunk);
        }
        if (payloads[chunk.chunk()] != null) {
            return Progress.IGNORED;
        }
        payloads[chunk.chunk()] = chunk.payload();
        missing--;
        return missing == 0 ? Progress.COMPLETE : Progress.PARTIAL;
    }

    /** Forgets an incomplete update that is older than {@code chunk}. */
    void discardOlderThan(UpdateChunk chunk) {
        if (first != null && isOlder(first, chunk)) {
            clear();
        }
    }

    /** Forgets an incomplete delta that goes on from before {@code snapshot}: it can never be applied. */
    void discardBasedBefore(UpdateChunk snapshot) {
        if (first != null
                && (first.epoch() < snapshot.epoch()
                        || (first.epoch() == snapshot.epoch() && first.baseVersion() < snapshot.version()))) {
            clear();
        }
    }

    void clear() {
        first = null;
        payloads = new byte[0][];
        missing = 0;
    }

    /** The whole payload of a complete update, which is then forgotten. */
    byte[] take() throws CorruptPayloadException {
        byte[][] parts = payloads;
        clear();
        if (parts.length == 1) {
            return parts[0];
        }
        long length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        if (length > MAX_PAYLOAD_BYTES) {
            throw new CorruptPayloadException("expected at most " + MAX_PAYLOAD_BYTES + " bytes, found " + length);
        }
        byte[] whole = new byte[(int) length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    private void begin(UpdateChunk chunk) {
        first = chunk;
        payloads = new byte[chunk.chunks()][];
        missing = chunk.chunks();
    }

    private static boolean isOlder(UpdateChunk chunk, UpdateChunk than) {
        return chunk.epoch() < than.epoch() || (chunk.epoch() == than.epoch() && chunk.version() < than.version());
    }

    private static boolean sameUpdate(UpdateChunk a, UpdateChunk b) {
        return a.epoch() == b.epoch()
                && a.version() == b.version()
                && a.baseVersion() == b.baseVersion()
                && a.snapshot() == b.snapshot()
                && a.chunks() == b.chunks()
                && a.checksum() == b.checksum()
                && a.chain() == b.chain()
                && a.encoding().equals(b.encoding());
    }
}

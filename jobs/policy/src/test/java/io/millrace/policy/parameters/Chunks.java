package io.millrace.policy.parameters;

/** Chunks that differ from others in one thing. */
final class Chunks {

    private Chunks() {}

    static UpdateChunk with(UpdateChunk c, int chunk, int chunks, byte[] payload) {
        return new UpdateChunk(
                c.policy(),
                c.epoch(),
                c.version(),
                c.baseVersion(),
                c.snapshot(),
                chunk,
                chunks,
                c.encoding(),
                payload,
                c.checksum(),
                c.chain(),
                c.audited(),
                c.thetaChecksum());
    }

    static UpdateChunk withPayload(UpdateChunk c, byte[] payload) {
        return with(c, c.chunk(), c.chunks(), payload);
    }

    static UpdateChunk withEncoding(UpdateChunk c, String encoding) {
        return new UpdateChunk(
                c.policy(),
                c.epoch(),
                c.version(),
                c.baseVersion(),
                c.snapshot(),
                c.chunk(),
                c.chunks(),
                encoding,
                c.payload(),
                c.checksum(),
                c.chain(),
                c.audited(),
                c.thetaChecksum());
    }

    static UpdateChunk withChecksum(UpdateChunk c, int checksum) {
        return new UpdateChunk(
                c.policy(),
                c.epoch(),
                c.version(),
                c.baseVersion(),
                c.snapshot(),
                c.chunk(),
                c.chunks(),
                c.encoding(),
                c.payload(),
                checksum,
                c.snapshot() ? c.chain() : checksum,
                c.audited(),
                c.thetaChecksum());
    }
}

package io.millrace.policy.parameters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An encoded delta or snapshot: the name of its encoding and its bytes, not yet cut into chunks. */
public record EncodedParameters(String encoding, byte[] payload) {

    /** Largest payload of a chunk in bytes, so that a record stays under 900 kB. */
    public static final int MAX_CHUNK_BYTES = 880_000;

    /** The payload in pieces of at most {@link #MAX_CHUNK_BYTES}, in order, at least one; not copied when it is one. */
    public List<byte[]> chunks() {
        return chunks(MAX_CHUNK_BYTES);
    }

    List<byte[]> chunks(int maxBytes) {
        if (payload.length <= maxBytes) {
            return List.of(payload);
        }
        List<byte[]> chunks = new ArrayList<>();
        for (int from = 0; from < payload.length; from += maxBytes) {
            chunks.add(Arrays.copyOfRange(payload, from, Math.min(from + maxBytes, payload.length)));
        }
        return chunks;
    }
}

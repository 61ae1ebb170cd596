package io.millrace.policy.parameters;

/** An encoded delta or snapshot: the name of its encoding and its bytes, not yet cut into chunks. */
public record EncodedParameters(String encoding, byte[] payload) {

    /** Largest payload of a chunk in bytes, so that a record stays under 900 kB. */
    public static final int MAX_CHUNK_BYTES = 880_000;
}

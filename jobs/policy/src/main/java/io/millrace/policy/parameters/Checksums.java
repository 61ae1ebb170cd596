package io.millrace.policy.parameters;

/** CRC-32C of vectors and of chains of payloads. CONTRACT ONLY: to be filled in. */
public final class Checksums {

    private Checksums() {}

    /** CRC-32C of the vector's IEEE-754 bits, little-endian. */
    public static int of(float[] theta) {
        throw new UnsupportedOperationException();
    }

    /** c′ = CRC-32C of the four little-endian bytes of c followed by the payload. */
    public static int chain(int previous, byte[] payload) {
        throw new UnsupportedOperationException();
    }
}

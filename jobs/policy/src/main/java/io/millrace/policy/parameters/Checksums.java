package io.millrace.policy.parameters;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli, as in RFC 3720) of vectors and of chains of payloads. */
public final class Checksums {

    private static final int FLOATS_AT_ONCE = 4096;

    private Checksums() {}

    /** CRC-32C of the vector's IEEE-754 bits, little-endian. */
    public static int of(float[] theta) {
        CRC32C crc = new CRC32C();
        byte[] bytes = new byte[Math.min(theta.length, FLOATS_AT_ONCE) * Float.BYTES];
        ByteBuffer littleEndian = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < theta.length; at += FLOATS_AT_ONCE) {
            int count = Math.min(FLOATS_AT_ONCE, theta.length - at);
            littleEndian.asFloatBuffer().put(theta, at, count);
            crc.update(bytes, 0, count * Float.BYTES);
        }
        return (int) crc.getValue();
    }

    /** c′ = CRC-32C of the four little-endian bytes of c followed by the payload. */
    public static int chain(int previous, byte[] payload) {
        CRC32C crc = new CRC32C();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            crc.update(previous >>> shift);
        }
        crc.update(payload, 0, payload.length);
        return (int) crc.getValue();
    }
}

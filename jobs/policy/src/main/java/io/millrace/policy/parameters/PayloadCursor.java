package io.millrace.policy.parameters;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads a payload from front to back and refuses to read past its end. */
final class PayloadCursor {

    /** Floats in a byte array, little-endian, at any position. */
    static final VarHandle FLOATS = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] payload;
    private int position;

    PayloadCursor(byte[] payload) {
        this.payload = payload;
    }

    int position() {
        return position;
    }

    int left() {
        return payload.length - position;
    }

    /** An unsigned LEB128 number that fits an int. */
    int varint() throws CorruptPayloadException {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            require(1);
            byte next = payload[position++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                if (value > Integer.MAX_VALUE) {
                    break;
                }
                return (int) value;
            }
        }
        throw new CorruptPayloadException("expected a number below 2^31, found a larger one before byte " + position);
    }

    float float32() throws CorruptPayloadException {
        require(Float.BYTES);
        float value = (float) FLOATS.get(payload, position);
        position += Float.BYTES;
        return value;
    }

    void skip(int bytes) throws CorruptPayloadException {
        require(bytes);
        position += bytes;
    }

    void requireLeft(long bytes) throws CorruptPayloadException {
        if (left() != bytes) {
            throw new CorruptPayloadException("expected " + (position + bytes) + " bytes, found " + payload.length);
        }
    }

    private void require(int bytes) throws CorruptPayloadException {
        if (bytes > left()) {
            throw new CorruptPayloadException("expected more than " + payload.length + " bytes, found no more");
        }
    }
}

package io.millrace.policy.parameters;

import java.util.Arrays;

/** A reusable array that a payload is written to from front to back. The writer reserves before it writes. */
final class PayloadBuffer {

    private static final int MAX_VARINT_BYTES = 5;

    /** 1.5 · 2^23, where floats are one apart; its bits end in a zero byte. */
    private static final float ROUNDING = 0x1.8p23f;

    private byte[] bytes = new byte[0];
    private int length;

    /** Empties the buffer, with room for a head of {@code rows} rows and {@code valueBytes} of values. */
    void reset(int rows, long valueBytes) {
        int needed = Math.toIntExact((3L + rows) * MAX_VARINT_BYTES + valueBytes);
        if (bytes.length < needed) {
            bytes = new byte[needed];
        }
        length = 0;
    }

    void head(Encoding encoding, ParameterLayout layout, int[] rows, int count) {
        varint(layout.size());
        varint(layout.rowWidth());
        if (encoding.sparse()) {
            varint(count);
            int before = -1;
            for (int i = 0; i < count; i++) {
                varint(rows[i] - before);
                before = rows[i];
            }
        }
    }

    void float32(float value) {
        PayloadCursor.FLOATS.set(bytes, length, value);
        length += Float.BYTES;
    }

    /** What has been written; may be another array after the next {@link #reset}. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * Writes {@code count} bytes: values · factor, rounded, which must be from −127 to 127.
     *
     * @return where in {@link #bytes} they begin
     */
    int roundedToInt8(float[] values, int from, int count, float factor) {
        byte[] to = bytes;
        int base = length;
        for (int j = 0; j < count; j++) {
            // The sum has no bits left for a fraction: it is rounded, and its low bits are the whole number.
            to[base + j] = (byte) Float.floatToRawIntBits(values[from + j] * factor + ROUNDING);
        }
        length = base + count;
        return base;
    }

    byte[] toPayload() {
        return Arrays.copyOf(bytes, length);
    }

    private void varint(int value) {
        int left = value;
        while (left > 0x7f) {
            bytes[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
    }
}

package io.millrace.learner.gradient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Moves arrays in pieces that stay in the cache, through one small buffer; little-endian. One thread. */
final class ArrayIo {

    /** Elements, of four bytes each, in a piece. */
    private static final int PIECE = 8 * 1024;

    private final byte[] bytes = new byte[Integer.BYTES * PIECE];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    void write(int[] values, DataOutputView out) throws IOException {
        for (int from = 0; from < values.length; from += PIECE) {
            int count = Math.min(PIECE, values.length - from);
            buffer.asIntBuffer().put(values, from, count);
            out.write(bytes, 0, Integer.BYTES * count);
        }
    }

    void write(float[] values, DataOutputView out) throws IOException {
        for (int from = 0; from < values.length; from += PIECE) {
            int count = Math.min(PIECE, values.length - from);
            buffer.asFloatBuffer().put(values, from, count);
            out.write(bytes, 0, Float.BYTES * count);
        }
    }

    int[] readInts(int length, DataInputView in) throws IOException {
        int[] values = new int[length];
        for (int from = 0; from < length; from += PIECE) {
            int count = Math.min(PIECE, length - from);
            in.readFully(bytes, 0, Integer.BYTES * count);
            buffer.asIntBuffer().get(values, from, count);
        }
        return values;
    }

    float[] readFloats(int length, DataInputView in) throws IOException {
        float[] values = new float[length];
        for (int from = 0; from < length; from += PIECE) {
            int count = Math.min(PIECE, length - from);
            in.readFully(bytes, 0, Float.BYTES * count);
            buffer.asFloatBuffer().get(values, from, count);
        }
        return values;
    }
}

package io.millrace.neural.matrix;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Floats outside of the heap, where products of matrices are computed. Reused: they grow to the largest piece of work and
 * stay. One thread.
 *
 * <p>What has been outgrown is released at once; what nobody refers to any more, by ND4J when the collector finds it.
 */
public final class NativeFloats implements AutoCloseable {

    static {
        OpenBlas.load();
    }

    private @Nullable INDArray memory;
    private FloatPointer pointer = new FloatPointer();
    private long capacity;

    /** Makes room for {@code count} floats; what was written before may be lost. */
    public void reserve(long count) {
        if (count <= capacity) {
            return;
        }
        long room = Math.max(count, capacity + capacity / 2);
        close();
        INDArray grown = Nd4j.createUninitializedDetached(DataType.FLOAT, room);
        memory = grown;
        pointer = new FloatPointer(grown.data().addressPointer());
        capacity = room;
    }

    /** A matrix that begins at the first float, with room made for it; what was written before may be lost. */
    public Matrix matrix(int rows, int columns) {
        reserve((long) rows * columns);
        return new Matrix(this, 0, rows, columns);
    }

    /** Floats that there is room for. */
    public long capacity() {
        return capacity;
    }

    /** Copies {@code count} floats from the heap to [at, at + count). */
    public void write(float[] from, int fromAt, long at, int count) {
        address(at, count).put(from, fromAt, count);
    }

    /** Copies the floats at [at, at + count) to the heap. */
    public void read(long at, float[] into, int intoAt, int count) {
        address(at, count).get(into, intoAt, count);
    }

    /** Where {@code count} floats from {@code at} on lie; valid until the next call. */
    FloatPointer address(long at, long count) {
        if (at < 0 || count < 0 || at + count > capacity) {
            throw new IndexOutOfBoundsException(
                    "native floats: expected a range below " + capacity + ", found [" + at + ", " + (at + count) + ")");
        }
        return pointer.position(at);
    }

    /** Releases the memory; {@link #reserve} gets new one. */
    @Override
    public void close() {
        capacity = 0;
        pointer = new FloatPointer();
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }
}

package io.millrace.neural.matrix;

/**
 * A row-major matrix [rows × columns] in native memory: where it lies, not what is in it.
 *
 * @param floats what it lies in
 * @param at index of its first element
 * @param stride floats from one row to the next; more than {@code columns} for a block of columns of a wider matrix
 */
public record Matrix(NativeFloats floats, long at, int rows, int columns, int stride) {

    public Matrix {
        if (rows < 1 || columns < 1 || stride < columns) {
            throw new IllegalArgumentException("matrix: expected at least one row and column, found [" + rows + " × "
                    + columns + "] with " + stride + " floats a row");
        }
    }

    public Matrix(NativeFloats floats, long at, int rows, int columns) {
        this(floats, at, rows, columns, columns);
    }

    /** Rows [from, from + count). */
    public Matrix rowRange(int from, int count) {
        return new Matrix(floats, at + (long) from * stride, count, columns, stride);
    }

    /** Columns [from, from + count). */
    public Matrix columnRange(int from, int count) {
        return new Matrix(floats, at + from, rows, count, stride);
    }

    /** Floats from the first element to the last. */
    long extent() {
        return (long) (rows - 1) * stride + columns;
    }

    /** Writes all elements, row after row, from the heap. The matrix is a whole one, not a block of columns. */
    public void write(float[] from, int fromAt) {
        floats.write(from, fromAt, at, wholeSize());
    }

    /** Reads all elements, row after row, to the heap. The matrix is a whole one, not a block of columns. */
    public void read(float[] into, int intoAt) {
        floats.read(at, into, intoAt, wholeSize());
    }

    private int wholeSize() {
        if (stride != columns) {
            throw new IllegalArgumentException(
                    "matrix: expected rows without gaps, found " + columns + " of " + stride + " columns");
        }
        return Math.multiplyExact(rows, columns);
    }
}

package io.millrace.policy.parameters;

import java.util.Arrays;

/**
 * A sum of gradients that costs what it touches: a dense vector plus the list of its non-zero rows.
 *
 * <p>Adding touches rows; {@link #clear} and {@link #toSparseRows} visit touched rows only. One thread.
 */
public final class GradientAccumulator {

    private final ParameterLayout layout;
    private final int width;
    private final float[] values;
    private final boolean[] touched;
    private final int[] rows;
    private int touchedRows;

    public GradientAccumulator(ParameterLayout layout) {
        this.layout = layout;
        this.width = layout.rowWidth();
        this.values = new float[layout.size()];
        this.touched = new boolean[layout.rows()];
        this.rows = new int[layout.rows()];
    }

    public ParameterLayout layout() {
        return layout;
    }

    /** The dense vector; a caller that adds to row r (elements [r·width, (r+1)·width)) calls {@link #touch} with r. */
    public float[] values() {
        return values;
    }

    public void touch(int row) {
        if (!touched[row]) {
            touched[row] = true;
            rows[touchedRows++] = row;
        }
    }

    /** Number of rows touched since the last {@link #clear}. */
    public int touchedRows() {
        return touchedRows;
    }

    /** The i-th touched row, in order of first touch. */
    public int touchedRow(int i) {
        return rows[i];
    }

    /**
     * Writes the touched rows in ascending order to {@code into}, which has room for {@link #touchedRows()}.
     *
     * <p>One pass over the marks of all rows is cheaper than sorting, unless only few rows are touched.
     */
    public void copySortedRows(int[] into) {
        if (touchedRows < touched.length / 256) {
            System.arraycopy(rows, 0, into, 0, touchedRows);
            Arrays.sort(into, 0, touchedRows);
            return;
        }
        for (int row = 0, at = 0; at < touchedRows; row++) {
            if (touched[row]) {
                into[at++] = row;
            }
        }
    }

    /** Forgets which rows are touched and keeps their values, which later additions go on from: a residual. */
    public void releaseTouched() {
        for (int i = 0; i < touchedRows; i++) {
            touched[rows[i]] = false;
        }
        touchedRows = 0;
    }

    /** Adds other. */
    public void add(SparseRows other) {
        for (int i = 0; i < other.count(); i++) {
            int row = other.row(i);
            touch(row);
            int to = row * width;
            for (int j = 0, at = i * width; j < width; j++, at++) {
                values[to + j] += other.values()[at];
            }
        }
    }

    /** An exact copy of the touched rows, in ascending order, which is kind to the memory of whoever adds it up. */
    public SparseRows toSparseRows() {
        int[] sorted = new int[touchedRows];
        copySortedRows(sorted);
        float[] copy = new float[touchedRows * width];
        for (int i = 0; i < touchedRows; i++) {
            System.arraycopy(values, sorted[i] * width, copy, i * width, width);
        }
        return new SparseRows(width, sorted, copy);
    }

    /** {@link #toSparseRows} and {@link #clear} in one pass over memory. */
    public SparseRows drain() {
        int[] sorted = new int[touchedRows];
        copySortedRows(sorted);
        float[] copy = new float[touchedRows * width];
        for (int i = 0; i < touchedRows; i++) {
            int from = sorted[i] * width;
            System.arraycopy(values, from, copy, i * width, width);
            Arrays.fill(values, from, from + width, 0f);
        }
        releaseTouched();
        return new SparseRows(width, sorted, copy);
    }

    /** Back to zero. */
    public void clear() {
        for (int i = 0; i < touchedRows; i++) {
            int row = rows[i];
            touched[row] = false;
            Arrays.fill(values, row * width, (row + 1) * width, 0f);
        }
        touchedRows = 0;
    }
}

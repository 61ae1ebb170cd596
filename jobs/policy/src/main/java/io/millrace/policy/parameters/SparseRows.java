package io.millrace.policy.parameters;

import java.util.Arrays;
import java.util.List;

/**
 * Some rows of a vector: row indices, ascending, and their values [count × width], row-major. Not copied; not written to.
 *
 * <p>Ascending order makes sums merges, which read and write memory in order, and is kind to whoever adds the rows to a
 * vector.
 */
public record SparseRows(int width, int[] rows, float[] values) {

    public SparseRows {
        if (values.length != rows.length * width) {
            throw new IllegalArgumentException(
                    "sparse rows: expected " + rows.length + " × " + width + " values, found " + values.length);
        }
        for (int i = 1; i < rows.length; i++) {
            if (rows[i - 1] >= rows[i]) {
                throw new IllegalArgumentException(
                        "sparse rows: expected ascending rows, found " + rows[i - 1] + " before " + rows[i]);
            }
        }
    }

    public int count() {
        return rows.length;
    }

    public int row(int i) {
        return rows[i];
    }

    /** Squared Euclidean norm; not finite when a value is not. */
    public double squaredNorm() {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += squaredNorm(i * width);
        }
        return sum;
    }

    /** Of one row; four sums, so that the additions need not wait for each other. In double: squares overflow early. */
    private double squaredNorm(int from) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int j = from;
        for (; j + 3 < from + width; j += 4) {
            sum0 += square(values[j]);
            sum1 += square(values[j + 1]);
            sum2 += square(values[j + 2]);
            sum3 += square(values[j + 3]);
        }
        for (; j < from + width; j++) {
            sum0 += square(values[j]);
        }
        return sum0 + sum1 + sum2 + sum3;
    }

    private static double square(double value) {
        return value * value;
    }

    /** The sum of all parts, which are of one width; of a single part that part itself. */
    public static SparseRows sum(List<SparseRows> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int middle = parts.size() / 2;
        return sum(parts.subList(0, middle)).plus(sum(parts.subList(middle, parts.size())));
    }

    private SparseRows plus(SparseRows other) {
        int[] merged = new int[rows.length + other.rows.length];
        float[] sums = new float[merged.length * width];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < rows.length || j < other.rows.length) {
            int row = Math.min(rowOrLast(i), other.rowOrLast(j));
            merged[count] = row;
            int to = width * count++;
            if (rowOrLast(i) == row) {
                System.arraycopy(values, width * i++, sums, to, width);
            }
            if (other.rowOrLast(j) == row) {
                addRow(other.values, width * j++, sums, to);
            }
        }
        return new SparseRows(width, Arrays.copyOf(merged, count), Arrays.copyOf(sums, count * width));
    }

    private int rowOrLast(int i) {
        return i < rows.length ? rows[i] : Integer.MAX_VALUE;
    }

    private void addRow(float[] from, int at, float[] to, int toAt) {
        for (int k = 0; k < width; k++) {
            to[toAt + k] += from[at + k];
        }
    }
}

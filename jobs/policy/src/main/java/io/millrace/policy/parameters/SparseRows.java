package io.millrace.policy.parameters;

/** Some rows of a vector: row indices, distinct, and their values [count × width], row-major. Not copied; not written to. */
public record SparseRows(int width, int[] rows, float[] values) {

    public SparseRows {
        if (values.length != rows.length * width) {
            throw new IllegalArgumentException(
                    "sparse rows: expected " + rows.length + " × " + width + " values, found " + values.length);
        }
    }

    public int count() {
        return rows.length;
    }

    public int row(int i) {
        return rows[i];
    }
}

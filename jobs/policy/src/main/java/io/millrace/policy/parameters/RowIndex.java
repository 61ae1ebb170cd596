package io.millrace.policy.parameters;

/** The head of a payload: for which layout it was made, and the rows that it holds. Reusable; one thread. */
final class RowIndex {

    private final int size;
    private final int width;
    private final int allRows;
    private final RowPrefetch prefetch;

    private int[] rows = new int[0];
    private int count;
    private boolean dense;

    RowIndex(ParameterLayout layout) {
        this.size = layout.size();
        this.width = layout.rowWidth();
        this.allRows = layout.rows();
        this.prefetch = new RowPrefetch(width);
    }

    /** Reads and checks the head; the cursor then stands before the values. */
    void read(Encoding encoding, PayloadCursor cursor) throws CorruptPayloadException {
        requireLayout(cursor);
        dense = !encoding.sparse();
        count = dense ? allRows : rowCount(cursor);
        if (!dense) {
            readRows(cursor);
        }
    }

    /** Number of rows in the payload. */
    int count() {
        return count;
    }

    /** Row of θ that the i-th row of the payload is for; ascending in i. */
    int row(int i) {
        return dense ? i : rows[i];
    }

    /** Prefetches the rows of θ that the payload's {@code from}-th and the next ones are for; a dense one needs no help. */
    void prefetch(float[] theta, int from) {
        if (!dense) {
            prefetch.read(theta, rows, from, Math.min(RowPrefetch.ROWS, count - from));
        }
    }

    private void requireLayout(PayloadCursor cursor) throws CorruptPayloadException {
        int foundSize = cursor.varint();
        if (foundSize != size) {
            throw new CorruptPayloadException("expected " + size + " parameters, found " + foundSize);
        }
        int foundWidth = cursor.varint();
        if (foundWidth != width) {
            throw new CorruptPayloadException("expected rows of " + width + " parameters, found " + foundWidth);
        }
    }

    private int rowCount(PayloadCursor cursor) throws CorruptPayloadException {
        int found = cursor.varint();
        if (found > allRows) {
            throw new CorruptPayloadException("expected at most " + allRows + " rows, found " + found);
        }
        return found;
    }

    private void readRows(PayloadCursor cursor) throws CorruptPayloadException {
        if (rows.length < count) {
            rows = new int[Math.min(allRows, Math.max(count, 2 * rows.length))];
        }
        long row = -1;
        for (int i = 0; i < count; i++) {
            int gap = cursor.varint();
            row += gap;
            if (gap == 0 || row >= allRows) {
                throw new CorruptPayloadException(
                        "expected ascending rows below " + allRows + ", found a step of " + gap + " to row " + row);
            }
            rows[i] = (int) row;
        }
    }
}

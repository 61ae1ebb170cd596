package io.millrace.policy.parameters;

/**
 * A delta, checked and ready to be added. Learner and replicas add through this class, which is what keeps
 * them bit-identical.
 *
 * <p>Reusable; one thread. Holds on to the payload, which nobody may write to, until the next {@link #read}.
 */
final class DeltaPayload {

    private final RowIndex index;
    private final int width;
    private final int rowsPerBlock;

    private byte[] payload = new byte[0];
    private int valuesAt;

    DeltaPayload(ParameterLayout layout) {
        this.index = new RowIndex(layout);
        this.width = layout.rowWidth();
        this.rowsPerBlock = Encoding.rowsPerBlock(width);
    }

    /** Takes a payload, after all of it has been checked. After an exception this object must be read into again. */
    void read(Encoding encoding, byte[] bytes) throws CorruptPayloadException {
        PayloadCursor cursor = new PayloadCursor(bytes);
        index.read(encoding, cursor);
        payload = bytes;
        valuesAt = cursor.position();
        checkBlocks(cursor);
    }

    private void checkBlocks(PayloadCursor cursor) throws CorruptPayloadException {
        for (int from = 0; from < index.count(); from += rowsPerBlock) {
            float scale = cursor.float32();
            if (!Float.isFinite(scale)) {
                throw new CorruptPayloadException("expected finite scales, found " + scale);
            }
            if (scale != 0) {
                cursor.skip((blockEnd(from) - from) * width);
            }
        }
        cursor.requireLeft(0);
    }

    /** values += delta, in float arithmetic. */
    void addTo(float[] values) {
        int at = valuesAt;
        int ahead = 0;
        for (int from = 0; from < index.count(); from += rowsPerBlock) {
            if (from >= ahead) {
                index.prefetch(values, from);
                ahead = from + RowPrefetch.ROWS;
            }
            float scale = (float) PayloadCursor.FLOATS.get(payload, at);
            at += Float.BYTES;
            if (scale != 0) {
                for (int i = from; i < blockEnd(from); i++) {
                    addRow(payload, at, scale, width, values, index.row(i) * width);
                    at += width;
                }
            }
        }
    }

    /** values[to + j] += quantised[from + j] · scale, for one row: what learner and replicas must do alike. */
    static void addRow(byte[] quantised, int from, float scale, int width, float[] values, int to) {
        for (int j = 0; j < width; j++) {
            values[to + j] += quantised[from + j] * scale;
        }
    }

    private int blockEnd(int from) {
        return Math.min(from + rowsPerBlock, index.count());
    }
}

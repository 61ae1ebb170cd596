package io.millrace.policy.parameters;

/** Encodes a whole vector, bit by bit, rows of zeros left out where that is shorter. */
public final class SnapshotEncoder {

    /** What the index of a row costs about, for the choice between sparse and dense. */
    private static final int INDEX_BYTES = 2;

    private SnapshotEncoder() {}

    /**
     * The vector as it is, NaNs included.
     *
     * @param theta [layout.size()]
     */
    public static EncodedParameters encode(ParameterLayout layout, float[] theta) {
        if (theta.length != layout.size()) {
            throw new IllegalArgumentException(
                    "snapshot: expected " + layout.size() + " parameters as in the layout, found " + theta.length);
        }
        int width = layout.rowWidth();
        int[] rows = new int[layout.rows()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (!isZero(theta, row * width, width)) {
                rows[count++] = row;
            }
        }
        long rowBytes = (long) width * Float.BYTES;
        boolean sparse = count * (rowBytes + INDEX_BYTES) < rows.length * rowBytes;
        return sparse
                ? encode(Encoding.SNAPSHOT_SPARSE, layout, theta, rows, count)
                : encode(Encoding.SNAPSHOT_DENSE, layout, theta, rows, rows.length);
    }

    private static EncodedParameters encode(
            Encoding encoding, ParameterLayout layout, float[] theta, int[] rows, int count) {
        int width = layout.rowWidth();
        PayloadBuffer buffer = new PayloadBuffer();
        buffer.reset(encoding.sparse() ? count : 0, (long) count * width * Float.BYTES);
        buffer.head(encoding, layout, rows, count);
        for (int i = 0; i < count; i++) {
            int base = (encoding.sparse() ? rows[i] : i) * width;
            for (int at = base; at < base + width; at++) {
                buffer.float32(theta[at]);
            }
        }
        return new EncodedParameters(encoding.wireName(), buffer.toPayload());
    }

    /** Zero to the bit: −0 is not, it would come back as +0. */
    private static boolean isZero(float[] theta, int from, int width) {
        for (int at = from; at < from + width; at++) {
            if (Float.floatToRawIntBits(theta[at]) != 0) {
                return false;
            }
        }
        return true;
    }
}

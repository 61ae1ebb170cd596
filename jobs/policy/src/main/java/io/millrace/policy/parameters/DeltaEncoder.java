package io.millrace.policy.parameters;

/**
 * Encodes a pending step and applies, to the learner's own θ, exactly what a replica will decode; what quantisation lost
 * stays pending and goes with a later delta (error feedback, Seide et al. 2014, "1-Bit Stochastic Gradient Descent").
 *
 * <p>Values are quantised to the 255 steps of a signed byte, block by block: scale = max|v| / 127, q = round(v / scale). So
 * |residual| ≤ scale / 2, and v = q · scale + residual holds exactly in float: where q = 0 trivially, else because q · scale
 * lies within a factor of two of v (Sterbenz's lemma).
 *
 * <p>Holds scratch space of the size of the largest step; one thread.
 */
public final class DeltaEncoder {

    private static final int LEVELS = 127;

    private final ParameterLayout layout;
    private final int width;
    private final int rowsPerBlock;
    private final int[] rows;
    private final PayloadBuffer buffer = new PayloadBuffer();
    /** Largest magnitude of the pending values of each block. */
    private final float[] blockMaximum;

    private final RowPrefetch prefetch;

    public DeltaEncoder(ParameterLayout layout) {
        this.layout = layout;
        this.width = layout.rowWidth();
        this.rowsPerBlock = Encoding.rowsPerBlock(width);
        this.rows = new int[layout.rows()];
        this.prefetch = new RowPrefetch(width);
        this.blockMaximum = new float[(layout.rows() + rowsPerBlock - 1) / rowsPerBlock];
    }

    /**
     * Encodes the touched rows of {@code pending}, adds the decoded delta to {@code theta} and subtracts it from
     * {@code pending}: afterwards {@code pending} has no touched rows, and its values hold the residual.
     *
     * @param theta [layout.size()]
     * @throws ArithmeticException when a pending value is not finite, or a parameter would not be; nothing has changed then
     */
    public EncodedParameters encode(GradientAccumulator pending, float[] theta) {
        requireSize(pending.values(), "pending step");
        requireSize(theta, "parameters");
        Encoding encoding = mostRowsTouched(pending) ? Encoding.DELTA_DENSE : Encoding.DELTA_SPARSE;
        int count = collectRows(encoding, pending);
        check(pending.values(), theta, count);
        int blocks = (count + rowsPerBlock - 1) / rowsPerBlock;
        buffer.reset(count, (long) blocks * Float.BYTES + (long) count * width);
        buffer.head(encoding, layout, rows, count);
        for (int from = 0; from < count; from += rowsPerBlock) {
            prefetch(pending.values(), theta, from, count);
            move(pending.values(), theta, from, Math.min(from + rowsPerBlock, count));
        }
        pending.releaseTouched();
        return new EncodedParameters(encoding.wireName(), buffer.toPayload());
    }

    /** Then the indices of the rows cost more than the rows of residuals that come along without them. */
    private static boolean mostRowsTouched(GradientAccumulator pending) {
        return 4L * pending.touchedRows() >= 3L * pending.layout().rows();
    }

    private int collectRows(Encoding encoding, GradientAccumulator pending) {
        if (encoding.sparse()) {
            pending.copySortedRows(rows);
            return pending.touchedRows();
        }
        for (int row = 0; row < rows.length; row++) {
            rows[row] = row;
        }
        return rows.length;
    }

    /** All blocks before any is changed, so that a refusal leaves everything as it was. */
    private void check(float[] values, float[] theta, int count) {
        for (int from = 0; from < count; from += rowsPerBlock) {
            prefetch(values, theta, from, count);
            int to = Math.min(from + rowsPerBlock, count);
            float step = largest(values, from, to);
            if (!Float.isFinite(step)) {
                throw refused("finite values", from, to);
            }
            // Twice as much leaves room for all rounding.
            if (!Float.isFinite(largest(theta, from, to) + 2 * step)) {
                throw refused("parameters that stay finite", from, to);
            }
            blockMaximum[from / rowsPerBlock] = step;
        }
    }

    /** Encodes a block, adds it to θ as a replica will, and takes it from the pending values. */
    private void move(float[] values, float[] theta, int from, int to) {
        float scale = blockMaximum[from / rowsPerBlock] / LEVELS;
        if (scale < Float.MIN_NORMAL) {
            buffer.float32(0f);
            return;
        }
        buffer.float32(scale);
        float inverse = 1 / scale;
        for (int i = from; i < to; i++) {
            int row = rows[i] * width;
            int at = buffer.roundedToInt8(values, row, width, inverse);
            DeltaPayload.addRow(buffer.bytes(), at, scale, width, theta, row);
            DeltaPayload.addRow(buffer.bytes(), at, -scale, width, values, row);
        }
    }

    /** Every {@link RowPrefetch#ROWS} rows, the next that many of both vectors. */
    private void prefetch(float[] values, float[] theta, int from, int count) {
        if (from % RowPrefetch.ROWS < rowsPerBlock) {
            int ahead = Math.min(RowPrefetch.ROWS, count - from);
            prefetch.read(values, rows, from, ahead);
            prefetch.read(theta, rows, from, ahead);
        }
    }

    /** Largest magnitude in the rows; infinite or NaN when one value is. */
    private float largest(float[] values, int from, int to) {
        int largest = 0;
        for (int i = from; i < to; i++) {
            int base = rows[i] * width;
            for (int at = base; at < base + width; at++) {
                // Without the sign, the bits of floats are in the order of the floats, NaN above all.
                largest = Math.max(largest, Float.floatToRawIntBits(values[at]) & Integer.MAX_VALUE);
            }
        }
        return Float.intBitsToFloat(largest);
    }

    private ArithmeticException refused(String expected, int from, int to) {
        return new ArithmeticException("step refused: expected " + expected + ", found NaN or an infinity in rows "
                + rows[from] + " to " + rows[to - 1] + "; parameters and pending step are unchanged");
    }

    private void requireSize(float[] vector, String name) {
        if (vector.length != layout.size()) {
            throw new IllegalArgumentException(
                    name + ": expected " + layout.size() + " values as in the layout, found " + vector.length);
        }
    }
}

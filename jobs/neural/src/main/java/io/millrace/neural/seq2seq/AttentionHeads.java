package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;
import io.millrace.policy.softmax.Softmax;

/**
 * Scaled dot-product attention of several heads (Vaswani et al. 2017, equation 1) with a learned bias for the distance
 * between key and query (Raffel et al. 2020, section 2.1), one query at a time:
 *
 * <pre>p_hj = softmax_j (q_h · k_hj / √d + b_h[clamp(j − i)]),    o_h = Σ_j p_hj v_hj</pre>
 *
 * <p>The sequences are short: plain loops over a head's few numbers cost less than the calls of that many small products.
 */
final class AttentionHeads {

    /** Greatest distance that has a bias of its own. */
    static final int REACH = 10;
    /** Biases of a head. */
    static final int DISTANCES = 2 * REACH + 1;

    private final int heads;
    private final int headWidth;
    private final float scale;
    private final int biases;
    private final Scratch logits = new Scratch();
    private final Scratch slopes = new Scratch();

    /**
     * @param width of all heads together
     * @param bias the tensor b [heads × DISTANCES]
     */
    AttentionHeads(int width, int heads, Tensor bias) {
        this.heads = heads;
        this.headWidth = width / heads;
        this.scale = (float) (1 / Math.sqrt(headWidth));
        this.biases = bias.offset();
    }

    /** Number of probabilities of a query over {@code count} keys. */
    int probabilities(int count) {
        return heads * count;
    }

    /**
     * Attends from one query to the keys in rows [firstKey, firstKey + count).
     *
     * @param i position of the query in its sequence
     * @param row of the query, and of {@code out} that is written
     * @param p written: the probabilities [heads × count] from {@code at} on
     */
    void attend(float[] theta, Triple in, int i, int row, int firstKey, int count, float[] p, int at, Columns out) {
        float[] logit = logits.of(count);
        for (int h = 0; h < heads; h++) {
            int column = h * headWidth;
            int bias = biases + h * DISTANCES;
            float[] q = in.q().values();
            int from = in.q().at(row) + column;
            for (int j = 0; j < count; j++) {
                float product = Floats.dot(q, from, in.k().values(), in.k().at(firstKey + j) + column, headWidth);
                logit[j] = scale * product + theta[bias + distance(i, j)];
            }
            int of = at + h * count;
            Softmax.normalize(p, of, count, Softmax.exponentials(logit, count, p, of));
            average(p, of, count, in.v(), firstKey, column, out.values(), out.at(row) + column);
        }
    }

    private void average(float[] p, int of, int count, Columns v, int firstKey, int column, float[] out, int to) {
        for (int c = to; c < to + headWidth; c++) {
            out[c] = 0;
        }
        for (int j = 0; j < count; j++) {
            Floats.addScaled(p[of + j], v.values(), v.at(firstKey + j) + column, out, to, headWidth);
        }
    }

    /**
     * Adds the gradient of {@link #attend}: with ds_j = p_j (dp_j − Σ p dp), dp_j = do · v_j, to the slopes of q, k, v and
     * to that of the biases in {@code gradient}.
     *
     * @param out do, the slope of what {@code attend} wrote
     */
    void addBackward(
            Triple in,
            int i,
            int row,
            int firstKey,
            int count,
            float[] p,
            int at,
            Columns out,
            Triple slope,
            float[] gradient) {
        float[] ds = slopes.of(count);
        for (int h = 0; h < heads; h++) {
            int of = at + h * count;
            int column = h * headWidth;
            backAverage(p, of, count, in.v(), firstKey, column, out.values(), out.at(row) + column, slope.v(), ds);
            int q = in.q().at(row) + column;
            int dq = slope.q().at(row) + column;
            for (int j = 0; j < count; j++) {
                int k = in.k().at(firstKey + j) + column;
                int dk = slope.k().at(firstKey + j) + column;
                gradient[biases + h * DISTANCES + distance(i, j)] += ds[j];
                float scaled = scale * ds[j];
                Floats.addScaled(scaled, in.k().values(), k, slope.q().values(), dq, headWidth);
                Floats.addScaled(scaled, in.q().values(), q, slope.k().values(), dk, headWidth);
            }
        }
    }

    /** Adds p_j do to dv_j, and writes ds. */
    private void backAverage(
            float[] p,
            int of,
            int count,
            Columns v,
            int firstKey,
            int column,
            float[] out,
            int from,
            Columns dv,
            float[] ds) {
        float mean = 0;
        for (int j = 0; j < count; j++) {
            int key = firstKey + j;
            ds[j] = Floats.dot(out, from, v.values(), v.at(key) + column, headWidth);
            mean += p[of + j] * ds[j];
            Floats.addScaled(p[of + j], out, from, dv.values(), dv.at(key) + column, headWidth);
        }
        for (int j = 0; j < count; j++) {
            ds[j] = p[of + j] * (ds[j] - mean);
        }
    }

    private static int distance(int i, int j) {
        return Math.max(-REACH, Math.min(REACH, j - i)) + REACH;
    }
}

package io.millrace.policy.softmax;

/**
 * The softmax p_j = exp(s_j − max s) / Z of a few dozen logits, on arrays that the caller owns; nothing is allocated.
 *
 * <p>Sums run over four accumulators, so that the processor need not wait for one addition before it starts the next.
 */
public final class Softmax {

    private static final float LOG2_E = 1.442695f;
    /** ln 2 in two parts, so that n · ln 2 loses nothing (Cody and Waite 1980). */
    private static final float LN2_HIGH = 0.6933594f;

    private static final float LN2_LOW = -0.00021219444f;
    /** 1.5 · 2²³: adding it to a small float rounds that to a whole number, held in the low bits. */
    private static final float ROUNDER = 12582912f;

    /** exp below this is not a normal float any more. */
    private static final float LOWEST = -87f;

    private Softmax() {}

    /**
     * Subtracts the greatest of the first {@code n} logits from all of them, and writes their exponentials.
     *
     * @param exponentials written at [at, at + n)
     * @return Z, the sum of the exponentials
     * @throws IllegalStateException when a logit is not finite: some parameter is not
     */
    public static float exponentials(float[] logits, int n, float[] exponentials, int at) {
        float max = logits[0];
        for (int j = 1; j < n; j++) {
            max = Math.max(max, logits[j]);
        }
        for (int j = 0; j < n; j++) {
            logits[j] -= max;
        }
        for (int j = 0; j < n; j++) {
            exponentials[at + j] = exp(logits[j]);
        }
        float z = sum(exponentials, at, n);
        if (!(z < Float.POSITIVE_INFINITY)) {
            throw new IllegalStateException("softmax: expected finite logits, found a sum of exponentials of " + z
                    + "; some parameter is not finite");
        }
        return z;
    }

    /** Multiplies the first {@code n} logits: by 1/temperature. */
    public static void scale(float[] logits, int n, float factor) {
        for (int j = 0; j < n; j++) {
            logits[j] *= factor;
        }
    }

    /**
     * Adds β ∂H/∂s_j = −β p_j (log p_j + H) to {@code slope}.
     *
     * @param logProbs of the probabilities at [at, at + n), at the same places; finite, for a p_j that has become 0 too
     * @param entropy H of the probabilities
     */
    public static void addEntropySlope(
            float[] probabilities, float[] logProbs, int at, int n, float entropy, float bonus, float[] slope) {
        for (int j = 0; j < n; j++) {
            slope[j] -= bonus * probabilities[at + j] * (logProbs[at + j] + entropy);
        }
    }

    /**
     * Writes log p_j = s_j − log Z to [at, at + n), of logits whose greatest is 0. No logarithm but the one of Z: they cost
     * more than all else in a gradient.
     */
    public static void logProbs(float[] logits, int n, float z, float[] logProbs, int at) {
        float logZ = (float) Math.log(z);
        for (int j = 0; j < n; j++) {
            logProbs[at + j] = logits[j] - logZ;
        }
    }

    /** Divides {@code n} exponentials from {@code at} on by their sum. */
    public static void normalize(float[] exponentials, int at, int n, float z) {
        float scale = 1 / z;
        for (int j = at; j < at + n; j++) {
            exponentials[j] *= scale;
        }
    }

    /** H = log Z − Σ p_j s_j in nats, of logits whose greatest is 0. */
    public static double entropy(float[] logits, int n, float[] exponentials, int at, float z) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = 0;
        for (; j + 3 < n; j += 4) {
            a += exponentials[at + j] * logits[j];
            b += exponentials[at + j + 1] * logits[j + 1];
            c += exponentials[at + j + 2] * logits[j + 2];
            d += exponentials[at + j + 3] * logits[j + 3];
        }
        for (; j < n; j++) {
            a += exponentials[at + j] * logits[j];
        }
        return Math.max(0, Math.log(z) - (a + b + (c + d)) / z);
    }

    /** log p of a logit, where the greatest logit is 0; never above 0. */
    public static float logProb(float logit, float z) {
        return (float) Math.min(0, logit - Math.log(z));
    }

    /**
     * The index j that a uniform number falls on: the first with Σ_{i ≤ j} e_i > u Z.
     *
     * @param uniform in [0, 1)
     */
    public static int sample(float[] exponentials, int at, int n, float z, double uniform) {
        float rest = (float) (uniform * z);
        for (int j = 0; j < n; j++) {
            rest -= exponentials[at + j];
            if (rest < 0) {
                return j;
            }
        }
        // Rounding left a crumb: it belongs to the likeliest, where it weighs least.
        return greatest(exponentials, at, n);
    }

    /** Index of the greatest value; of equals, the lowest. */
    public static int greatest(float[] values, int at, int n) {
        int best = 0;
        for (int j = 1; j < n; j++) {
            if (values[at + j] > values[at + best]) {
                best = j;
            }
        }
        return best;
    }

    private static float sum(float[] values, int at, int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = at;
        for (int end = at + n - 3; j < end; j += 4) {
            a += values[j];
            b += values[j + 1];
            c += values[j + 2];
            d += values[j + 3];
        }
        for (; j < at + n; j++) {
            a += values[j];
        }
        return a + b + (c + d);
    }

    /**
     * exp(x) for x ≤ 0, to a relative error of 2·10⁻⁷: exp(x) = 2ⁿ exp(r) with |r| ≤ ln(2)/2, and the polynomial of
     * Cephes' {@code expf} (Moshier) for exp(r). Below {@value #LOWEST} it is exp({@value #LOWEST}).
     */
    static float exp(float x) {
        float y = Math.max(x, LOWEST);
        float shifted = y * LOG2_E + ROUNDER;
        float n = shifted - ROUNDER;
        float r = y - n * LN2_HIGH - n * LN2_LOW;
        float p = 0.00019875691f;
        p = p * r + 0.0013981999f;
        p = p * r + 0.008333452f;
        p = p * r + 0.041665796f;
        p = p * r + 0.16666666f;
        p = p * r + 0.5f;
        p = p * r * r + r + 1f;
        return p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + 0x3f800000);
    }
}

package io.millrace.simulator.bandit;

import java.util.random.RandomGenerator;

/**
 * The hidden truth of the bandit: the chance μ_k(x, t) that a user with context x likes arm k in round t.
 *
 * <pre>
 *   μ_k(x, t) = σ(s · W_k(t)·(1, x))
 *   W(t)      = cos φ · A + sin φ · B,  φ = 2π t / period        [arms × (1 + context)]
 *   A_k       = U_k + Σ_j a_kj M_j  (B likewise)
 * </pre>
 *
 * <p>A and B are drawn once: a part U of each arm's own and a part M that arms share through their attributes a. In a
 * quarter of a period what was learned has become worthless.
 */
final class Rewards {

    private static final double SHARPNESS = 1.5;

    /** {@code [arms × (1 + context)]}. */
    private final double[][] a;

    private final double[][] b;
    private final double period;

    /**
     * Draws a truth.
     *
     * @param attributes of the arms, {@code [arms × attributes]}
     * @param contextSize number of context features
     * @param period rounds after which the truth is what it was
     */
    Rewards(float[][] attributes, int contextSize, long period, RandomGenerator random) {
        this.a = weights(attributes, contextSize + 1, random);
        this.b = weights(attributes, contextSize + 1, random);
        this.period = period;
    }

    private static double[][] weights(float[][] attributes, int columns, RandomGenerator random) {
        double[][] shared = gaussian(attributes[0].length, columns, random);
        double[][] own = gaussian(attributes.length, columns, random);
        for (int arm = 0; arm < own.length; arm++) {
            for (int j = 0; j < shared.length; j++) {
                for (int i = 0; i < columns; i++) {
                    own[arm][i] += attributes[arm][j] * shared[j][i];
                }
            }
        }
        return own;
    }

    private static double[][] gaussian(int rows, int columns, RandomGenerator random) {
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return values;
    }

    /** μ of every arm, {@code [arms]}. */
    double[] expected(float[] context, long round) {
        double angle = 2 * Math.PI * (round / period);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double[] expected = new double[a.length];
        for (int arm = 0; arm < expected.length; arm++) {
            double sum = cos * a[arm][0] + sin * b[arm][0];
            for (int i = 0; i < context.length; i++) {
                sum += (cos * a[arm][i + 1] + sin * b[arm][i + 1]) * context[i];
            }
            expected[arm] = 1 / (1 + Math.exp(-SHARPNESS * sum));
        }
        return expected;
    }
}

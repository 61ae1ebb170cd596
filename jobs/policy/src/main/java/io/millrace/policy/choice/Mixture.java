package io.millrace.policy.choice;

import io.millrace.policy.softmax.Softmax;
import java.util.random.RandomGenerator;

/** The distribution q = (1 − ε) p + ε / n over n candidates whose p lie at [at, at + n) of an array. */
final class Mixture {

    private final double exploration;

    /** @param exploration ε in [0, 1) */
    Mixture(double exploration) {
        this.exploration = exploration;
    }

    int sample(float[] p, int at, int n, RandomGenerator random) {
        if (exploration > 0 && random.nextDouble() < exploration) {
            return random.nextInt(n);
        }
        return Softmax.sample(p, at, n, 1f, random.nextDouble());
    }

    /** log q of a candidate. */
    float logProb(float[] p, int at, int n, int candidate) {
        return (float) Math.min(0, Math.log(q(p[at + candidate], n)));
    }

    /** H(q) in nats. */
    double entropy(float[] p, int at, int n) {
        double sum = 0;
        for (int k = at; k < at + n; k++) {
            double q = q(p[k], n);
            sum -= q * Math.log(q);
        }
        return sum;
    }

    /**
     * Writes, for every logit k, w ∂ log q_a + β ∂H(q). With ∂p_j/∂s_k = p_j (1[j = k] − p_k):
     *
     * <pre>
     * ∂ log q_a = (1 − ε) (p_a / q_a) (1[k = a] − p_k)
     * ∂ H(q)    = −(1 − ε) p_k (log q_k − Σ_j p_j log q_j)
     * </pre>
     */
    void slope(float[] p, int at, int n, int action, float weight, double bonus, float[] slope) {
        double ofAction = weight * (1 - exploration) * p[at + action] / q(p[at + action], n);
        for (int k = 0; k < n; k++) {
            slope[k] = (float) (-ofAction * p[at + k]);
        }
        slope[action] += (float) ofAction;
        if (bonus != 0) {
            addEntropySlope(p, at, n, bonus * (1 - exploration), slope);
        }
    }

    private void addEntropySlope(float[] p, int at, int n, double factor, float[] slope) {
        double mean = 0;
        for (int j = at; j < at + n; j++) {
            mean += p[j] * Math.log(q(p[j], n));
        }
        for (int k = 0; k < n; k++) {
            slope[k] -= (float) (factor * p[at + k] * (Math.log(q(p[at + k], n)) - mean));
        }
    }

    private double q(double p, int n) {
        return (1 - exploration) * p + exploration / n;
    }
}

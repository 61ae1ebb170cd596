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

    /** Σ_k q_k f_k. */
    double mean(float[] p, int at, int n, float[] f) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += q(p[at + k], n) * f[k];
        }
        return sum;
    }

    /**
     * Writes w ∂ log q_a for every logit k. With ∂p_j/∂s_k = p_j (1[j = k] − p_k):
     *
     * <pre>∂ log q_a = (1 − ε) (p_a / q_a) (1[k = a] − p_k)</pre>
     */
    void slope(float[] p, int at, int n, int action, float weight, float[] slope) {
        double ofAction = weight * (1 - exploration) * p[at + action] / q(p[at + action], n);
        for (int k = 0; k < n; k++) {
            slope[k] = (float) (-ofAction * p[at + k]);
        }
        slope[action] += (float) ofAction;
    }

    /**
     * Adds β ∂H(q) for every logit k:
     *
     * <pre>∂ H(q) = −(1 − ε) p_k (log q_k − Σ_j p_j log q_j)</pre>
     */
    void addEntropySlope(float[] p, int at, int n, double bonus, float[] slope) {
        double mean = 0;
        for (int j = at; j < at + n; j++) {
            mean += p[j] * Math.log(q(p[j], n));
        }
        double factor = bonus * (1 - exploration);
        for (int k = 0; k < n; k++) {
            slope[k] -= (float) (factor * p[at + k] * (Math.log(q(p[at + k], n)) - mean));
        }
    }

    /**
     * Adds d ∂ Σ_j q_j f_j for every logit k, with f constant:
     *
     * <pre>∂ Σ_j q_j f_j = (1 − ε) p_k (f_k − Σ_j p_j f_j)</pre>
     */
    void addMeanSlope(float[] p, int at, int n, double weight, float[] f, float[] slope) {
        double mean = 0;
        for (int j = 0; j < n; j++) {
            mean += p[at + j] * f[j];
        }
        double factor = weight * (1 - exploration);
        for (int k = 0; k < n; k++) {
            slope[k] += (float) (factor * p[at + k] * (f[k] - mean));
        }
    }

    private double q(double p, int n) {
        return (1 - exploration) * p + exploration / n;
    }
}

package io.millrace.policy.value;

/**
 * The doubly robust estimate of a target policy π's reward from one trajectory of another policy (Jiang and Li 2016, equation
 * 10), with one reward for all its actions and a reward model q̂ of each of them:
 *
 * <pre>
 * Q_t(a) = Σ_{s&lt;t} q̂(x_s, a_s) + q̂(x_t, a) + f_t v_t,    v_t = Σ_a π(a | x_t) q̂(x_t, a)
 * V_t    = Σ_a π(a | x_t) Q_t(a)
 * v      = b + Σ_t (ρ_{&lt;t} V_t − ρ_{≤t} Q_t(a_t)) + ρ (R − b)
 * </pre>
 *
 * <p>f_t is how many actions are sure to follow, ρ_{≤t} the product of π/μ of the actions 0 to t. Unbiased for any q̂ and any b
 * that knows nothing of the trajectory, since the expectation of ρ_t Q_t(a_t) is V_t.
 *
 * <p>Takes the actions of a trajectory one after another; reusable.
 */
public final class RobustReward {

    /** Bound of a log-weight before it is exponentiated: its square stays finite. */
    private static final double MAX_LOG_WEIGHT = 60;

    private double expectedSoFar;
    private double logWeight;
    private double sum;

    /** Begins a trajectory. */
    public void clear() {
        expectedSoFar = 0;
        logWeight = 0;
        sum = 0;
    }

    /**
     * Takes an action.
     *
     * @param logRatio log π(a_t | x_t) − log μ(a_t | x_t)
     * @param taken q̂(x_t, a_t)
     * @param expected v_t
     * @param following f_t
     */
    public void take(double logRatio, double taken, double expected, int following) {
        double others = expectedSoFar + following * expected;
        sum += weight(logWeight) * (others + expected);
        logWeight += logRatio;
        sum -= weight(logWeight) * (others + taken);
        expectedSoFar += taken;
    }

    /** ρ of the actions taken, at most e⁶⁰. */
    public double weight() {
        return weight(logWeight);
    }

    /**
     * The estimate.
     *
     * @param reward R
     * @param baseline b
     */
    public double of(double reward, double baseline) {
        return baseline + sum + weight() * (reward - baseline);
    }

    private static double weight(double logWeight) {
        return Math.exp(Math.min(logWeight, MAX_LOG_WEIGHT));
    }
}

package io.millrace.policy.gradient;

import java.util.Arrays;

/**
 * Learns what to expect, for a policy that chooses by that: q̂ descends
 *
 * <pre>½ c ρ (R − b − Σ_t q̂(x_t, a_t))²,    ρ = π(τ) / μ(τ), truncated</pre>
 *
 * <p>and nothing else is learned: the value-based half of {@link DoublyRobust}. With ρ whole it is the least-squares fit where
 * the current policy goes; without (an importance clip of 0) where the older ones went, with less variance (the regression of
 * Foster and Rakhlin 2020, algorithm 1, line 6). One R for several actions is learned as the sum of their q̂.
 *
 * <p>No gradient of the expected reward is estimated: where q̂ cannot tell two contexts apart, the policy may settle on less
 * than the best that its features allow.
 */
final class RewardRegression implements Estimator {

    private final Credit credit;
    private final ImportanceWeights importance;
    private final double coefficient;

    /** @param coefficient c of the loss */
    RewardRegression(Credit credit, ImportanceWeights importance, double coefficient) {
        this.credit = credit;
        this.importance = importance;
        this.coefficient = coefficient;
    }

    @Override
    public void weigh(Rollout rollout) {
        credit.assign(rollout);
        importance.weigh(rollout, 1);
        double expected = 0;
        for (int t = 0; t < rollout.length; t++) {
            expected += rollout.actionValues[t];
        }
        Arrays.fill(rollout.directs, 0, rollout.length, 0);
        Arrays.fill(rollout.weights, 0, rollout.length, 0);
        fit(rollout, expected, coefficient);
    }

    /**
     * Weighs ∇q̂ of every action.
     *
     * @param expected Σ_t q̂(x_t, a_t)
     */
    static void fit(Rollout rollout, double expected, double coefficient) {
        for (int t = 0; t < rollout.length; t++) {
            rollout.values[t] = expected;
            rollout.targets[t] = rollout.advantages[t];
            rollout.valueWeights[t] = coefficient * rollout.importance[t] * (rollout.targets[t] - expected);
        }
    }
}

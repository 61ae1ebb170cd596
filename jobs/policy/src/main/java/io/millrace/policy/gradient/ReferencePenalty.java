package io.millrace.policy.gradient;

import io.millrace.policy.ActionScores;
import io.millrace.policy.Batch;

/**
 * −β ∇KL(π(τ) ‖ π_ref(τ)), the pull towards a frozen policy, as weights of ∇ log π.
 *
 * <pre>
 * ∇KL = E_π Σ_t ∇ log π(a_t | s_t) Σ_{k≥t} (log π − log π_ref)(a_k | s_k)
 * </pre>
 *
 * <p>That is the penalty as a part of the reward (Ziegler et al. 2019, equation 2), whose gradient is unbiased; that of a
 * penalty per token in the loss is not (Tang and Munos 2025). Importance weights are those of the policy's file.
 */
final class ReferencePenalty {

    private final double coefficient;
    private final ImportanceWeights importance;
    private double[] weights = new double[0];

    ReferencePenalty(double coefficient, ImportanceWeights importance) {
        this.coefficient = coefficient;
        this.importance = importance;
    }

    /** Adds the penalty's weights to the rollout's; returns the sum of the actions' k3 estimates of KL(π ‖ π_ref). */
    double add(Rollout rollout, Batch batch, int first, ActionScores scores) {
        if (weights.length < rollout.length) {
            weights = new double[Math.max(rollout.length, 2 * weights.length)];
        }
        importance.fill(rollout, 1, weights);
        double toCome = 0;
        double divergence = 0;
        for (int t = rollout.length - 1; t >= 0; t--) {
            double logRatio = (double) scores.logProb(t) - batch.referenceLogProb(first + t);
            toCome += logRatio;
            divergence += ImportanceWeights.ratio(-logRatio) - 1 + logRatio;
            rollout.weights[t] -= coefficient * weights[t] * toCome;
        }
        return divergence;
    }
}

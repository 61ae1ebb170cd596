package io.millrace.policy.gradient;

import io.millrace.policy.spec.ClipSpec;

/**
 * CISPO (MiniMax 2025, MiniMax-M1, equations 4 and 5): the importance weight is clipped, not the surrogate, so that no token
 * loses its gradient, least of all the rare ones that turn a sequence.
 *
 * <pre>
 * ∇J = E_μ Σ_t clip(r_t, 1 − ε_low, 1 + ε_high) A_t ∇ log π(a_t | s_t),    r_t = π/μ, held constant
 * </pre>
 *
 * <p>The paper bounds r from above only: {@code clip.low: 1}. It divides by the number of tokens of a group; here the batch
 * is summed, as everywhere.
 */
final class Cispo implements Estimator {

    private final Credit credit;
    private final double least;
    private final double greatest;

    Cispo(Credit credit, ClipSpec clip) {
        this.credit = credit;
        this.least = 1 - clip.low();
        this.greatest = 1 + clip.high();
    }

    @Override
    public void weigh(Rollout rollout) {
        credit.assign(rollout);
        for (int t = 0; t < rollout.length; t++) {
            double ratio = ImportanceWeights.ratio(rollout.logRatios[t]);
            double weight = Math.max(least, Math.min(greatest, ratio));
            rollout.weights[t] = weight * rollout.advantages[t];
            rollout.clipped += weight == ratio ? 0 : 1;
            rollout.importance[t] = weight;
        }
    }
}

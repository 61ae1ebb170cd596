package io.millrace.policy.gradient;

import io.millrace.policy.spec.ClipSpec;

/**
 * GSPO (Zheng et al. 2025): PPO's surrogate on one ratio of the whole sequence, normalised by its length.
 *
 * <pre>
 * s(θ) = (π(τ)/μ(τ))^(1/T) = exp (1/T) Σ_t (log π − log μ)                        equation 7
 * J(θ) = E_μ min(s A, clip(s, 1 − ε_low, 1 + ε_high) A)                            equation 5
 * ∇J   = E_μ (1/T) Σ_t s A_t ∇ log π(a_t | s_t),    without what the min holds      equation 10
 * </pre>
 *
 * <p>With an A_t of each action it is the paper's GSPO-token (equation 13). The bounds are much narrower than PPO's: the paper
 * takes 3·10⁻⁴ and 4·10⁻⁴. Biased on trajectories of an older policy: s is nearer to 1 than ρ(τ).
 */
final class Gspo implements Estimator {

    private final Credit credit;
    private final ClippedSurrogate surrogate;

    Gspo(Credit credit, ClipSpec clip) {
        this.credit = credit;
        this.surrogate = ClippedSurrogate.of(clip);
    }

    @Override
    public void weigh(Rollout rollout) {
        credit.assign(rollout);
        double ratio = ImportanceWeights.ratio(rollout.logRatio() / Math.max(1, rollout.length));
        for (int t = 0; t < rollout.length; t++) {
            rollout.weights[t] = surrogate.slope(ratio, rollout.advantages[t]) / rollout.length;
            rollout.clipped += surrogate.clips(ratio, rollout.advantages[t]) ? 1 : 0;
            rollout.importance[t] = ratio;
        }
    }
}

package io.millrace.policy.gradient;

import io.millrace.policy.spec.ClipSpec;

/**
 * PPO's clipped surrogate (Schulman et al. 2017, equation 7), with separate bounds (Yu et al. 2025, DAPO, equation 8), a dual
 * clip (Ye et al. 2020, equation 5), and decoupled (Hilton, Cobbe and Schulman 2022, section 2): what the policy stays near
 * need not be what generated the trajectory.
 *
 * <pre>
 * J(θ) = E_μ Σ_t (π_p/μ) min(r_t A_t, clip(r_t, 1 − ε_low, 1 + ε_high) A_t),    r_t = π/π_p
 * ∇J   = E_μ Σ_t (π_p/μ) r_t A_t ∇ log π(a_t | s_t),    without the terms that the min holds constant
 * </pre>
 *
 * <p>π_p is μ, or it lies between μ and π, which costs no forward pass (A-3PO, arXiv 2512.06547; the formula is that of
 * AReaL's documentation, "Proximal log-probability approximation"): with the versions v,
 *
 * <pre>
 * log π_p = log μ + α (log π − log μ),    α = (v_p − v_μ) / (v_π − v_μ) = 1 − lag / staleness, at least 0
 * </pre>
 *
 * <p>so a trajectory no staler than the lag is plain PPO's.
 */
final class Ppo implements Estimator {

    private final Credit credit;
    private final ImportanceWeights importance;
    private final ClippedSurrogate surrogate;
    private final ClipSpec clip;

    Ppo(Credit credit, ImportanceWeights importance, ClipSpec clip) {
        this.credit = credit;
        this.importance = importance;
        this.surrogate = ClippedSurrogate.of(clip);
        this.clip = clip;
    }

    @Override
    public void weigh(Rollout rollout) {
        double alpha = interpolation(rollout.staleness);
        credit.assign(rollout);
        importance.weigh(rollout, alpha);
        for (int t = 0; t < rollout.length; t++) {
            double ratio = ImportanceWeights.ratio((1 - alpha) * rollout.logRatios[t]);
            rollout.weights[t] = rollout.importance[t] * surrogate.slope(ratio, rollout.advantages[t]);
            rollout.clipped += surrogate.clips(ratio, rollout.advantages[t]) ? 1 : 0;
            rollout.importance[t] *= ratio;
        }
        rollout.clipped = Math.min(rollout.clipped, rollout.length);
    }

    /** α: the share of log π − log μ that lies between μ and π_p. */
    private double interpolation(long staleness) {
        return switch (clip.proximal()) {
            case BEHAVIOUR -> 0;
            case INTERPOLATED -> staleness <= clip.proximalLag() ? 0 : 1 - (double) clip.proximalLag() / staleness;
        };
    }
}

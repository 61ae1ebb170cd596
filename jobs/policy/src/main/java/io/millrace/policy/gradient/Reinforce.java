package io.millrace.policy.gradient;

/**
 * REINFORCE (Williams 1992, equation 6), for trajectories of an older policy μ.
 *
 * <pre>
 * ∇U(θ) = E_μ Σ_t w_t A_t ∇ log π(a_t | s_t),    A_t = R(τ) − b    or    Σ_k γ^k r_{t+k} − b
 * </pre>
 *
 * <p>b must not depend on the trajectory's own rewards; a leave-one-out b (Kool, van Hoof and Welling 2019) and V(s_t) do
 * not. Unbiased where w_t = ρ(τ): truncated weights (Ionides 2008) trade a bias, which shrinks as π and μ meet, for a bounded
 * variance.
 */
final class Reinforce implements Estimator {

    private final Credit credit;
    private final ImportanceWeights importance;

    Reinforce(Credit credit, ImportanceWeights importance) {
        this.credit = credit;
        this.importance = importance;
    }

    @Override
    public void weigh(Rollout rollout) {
        credit.assign(rollout);
        importance.weigh(rollout, 1);
        for (int t = 0; t < rollout.length; t++) {
            rollout.weights[t] = rollout.importance[t] * rollout.advantages[t];
        }
    }
}

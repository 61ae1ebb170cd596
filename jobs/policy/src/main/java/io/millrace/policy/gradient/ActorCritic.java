package io.millrace.policy.gradient;

/**
 * Advantage actor-critic (Sutton and Barto 2018, section 13.5; Mnih et al. 2016): V(s) stands for the rewards that are still
 * to come, and A_t says how much better it went.
 *
 * <pre>
 * ∇U(θ) = E_μ Σ_t w_t A_t ∇ log π(a_t | s_t)
 * A_t   = r_t + γ V(s_{t+1}) − V(s_t)                       one step; {@link Advantages} has the others
 * </pre>
 *
 * <p>With v-trace, w_t = min(ρ_t, c) and A_t = r_t + γ v_{t+1} − V(s_t) (Espeholt et al. 2018, section 4.2). As biased as V
 * is wrong.
 */
final class ActorCritic implements Estimator {

    private final Credit credit;
    private final ImportanceWeights importance;

    ActorCritic(Credit credit, ImportanceWeights importance) {
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

package io.millrace.policy.gradient;

/**
 * The doubly robust gradient of a policy with a reward model q̂ (Dudík, Langford and Li 2011, equation 1, differentiated with
 * q̂ held fixed; as a policy gradient Huang and Jiang 2020; the sum over all actions is that of Ciosek and Whiteson 2018).
 *
 * <p>For one action a, taken by μ in x and rewarded with r,
 *
 * <pre>∇ = Σ_a' ∇π(a' | x) q̂(x, a') + ρ ∇ log π(a | x) (r − q̂(x, a)),    ρ = π(a | x) / μ(a | x)</pre>
 *
 * <p>The expectation of what the second term subtracts is the first term, whatever q̂ is: so the estimate is unbiased for any
 * q̂, and its variance is that of r − q̂ instead of r. A truncated ρ leaves a bias of as much as q̂ is wrong, not of as much as
 * r is large.
 *
 * <p>Here r is R − b, so q̂ learns what is left after the baseline. Over several actions t of a list or a trajectory, with one
 * R for all of them, the sum of q̂ stands for R:
 *
 * <pre>
 * Q_t(a) = Σ_{s&lt;t} q̂(x_s, a_s) + q̂(x_t, a) + (T − 1 − t) Σ_a' π(a' | x_t) q̂(x_t, a')
 * ∇      = Σ_t ρ_{&lt;t} Σ_a ∇π(a | x_t) q̂(x_t, a) + ∇ log π(a_t | x_t) (ρ_{&lt;T} (R − b) − ρ_{≤t} Q_t(a_t))
 * </pre>
 *
 * <p>where ρ_{≤t} is the product of the ratios of actions 0 to t. What Q_t adds to q̂(x_t, a) does not depend on a, so it falls
 * out of the direct term. q̂ itself descends ½ c ρ (R − b − Σ_t q̂(x_t, a_t))²: what the current policy does often counts most.
 */
final class DoublyRobust implements Estimator {

    private final Credit credit;
    private final ImportanceWeights importance;
    private final double coefficient;

    /** @param coefficient c of the loss of q̂ */
    DoublyRobust(Credit credit, ImportanceWeights importance, double coefficient) {
        this.credit = credit;
        this.importance = importance;
        this.coefficient = coefficient;
    }

    @Override
    public void weigh(Rollout rollout) {
        credit.assign(rollout);
        importance.weigh(rollout, 1);
        double before = 0;
        double logRatio = 0;
        for (int t = 0; t < rollout.length; t++) {
            rollout.directs[t] = importance.weight(logRatio);
            logRatio += rollout.logRatios[t];
            double after = (rollout.length - 1 - t) * rollout.expectedValues[t];
            double whole = before + rollout.actionValues[t] + after;
            rollout.weights[t] = rollout.importance[t] * rollout.advantages[t] - importance.weight(logRatio) * whole;
            before += rollout.actionValues[t];
        }
        RewardRegression.fit(rollout, before, coefficient);
    }
}

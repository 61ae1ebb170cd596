package io.millrace.policy.spec;

/**
 * What an action is credited with.
 *
 * @param discount γ a time step, in (0, 1]
 * @param steps n of the kind n-step
 * @param lambda λ of the kinds gae and v-trace, in [0, 1]
 * @param rhoClip ρ̄ of the kind v-trace
 * @param cClip c̄ of the kind v-trace
 * @param valueCoefficient c_v of the value loss ½ c_v (target − V)²
 */
public record ReturnsSpec(
        Kind kind, double discount, int steps, double lambda, double rhoClip, double cClip, double valueCoefficient) {

    public ReturnsSpec {
        EstimatorKeys.DISCOUNT.require(discount);
        EstimatorKeys.STEPS.require(steps);
        EstimatorKeys.LAMBDA.require(lambda);
        EstimatorKeys.RHO_CLIP.require(rhoClip);
        EstimatorKeys.C_CLIP.require(cClip);
        EstimatorKeys.VALUE_COEFFICIENT.require(valueCoefficient);
    }

    public enum Kind {
        /** R(τ) − b for every action, as the baseline gave it. */
        TRAJECTORY,
        /** Σ_k γ^k r_{t+k}, the rewards after the action, less b or V(s_t). */
        MONTE_CARLO,
        /** r_t + γ V(s_{t+1}) − V(s_t). */
        TD,
        /** The rewards of n steps, then V. */
        N_STEP,
        /** Schulman et al. 2016. */
        GAE,
        /** Espeholt et al. 2018. */
        V_TRACE;

        /** Whether V(s_{t+1}) stands for later rewards. */
        public boolean bootstraps() {
            return this != TRAJECTORY && this != MONTE_CARLO;
        }
    }
}

package io.millrace.policy.gradient;

/**
 * A_t and the target of V(s_t), from rewards r_0 … r_{T−1} and values V(s_0) … V(s_T), of which V(s_T) is 0 where the
 * trajectory ended, and the value of the state that it was cut off in otherwise. Written with
 * δ_t = r_t + γ V(s_{t+1}) − V(s_t), the surprise of one step.
 *
 * <p>Arrays are {@code [T]} or longer, {@code values} {@code [T + 1]}; {@code advantages} and {@code targets} are written,
 * neither may be an input.
 */
final class Advantages {

    private Advantages() {}

    /** A_t = δ_t (Sutton and Barto 2018, section 13.5). */
    static void temporalDifference(
            int length, double[] rewards, double[] values, double discount, double[] advantages, double[] targets) {
        for (int t = 0; t < length; t++) {
            advantages[t] = surprise(t, rewards, values, discount);
            targets[t] = values[t] + advantages[t];
        }
    }

    /**
     * A_t = r_t + … + γ^{n−1} r_{t+n−1} + γ^n V(s_{t+n}) − V(s_t), which is Σ_{k<n} γ^k δ_{t+k}: the step before's sum without
     * its oldest term (Mnih et al. 2016, section 4).
     */
    static void nStep(
            int length,
            double[] rewards,
            double[] values,
            double discount,
            int steps,
            double[] advantages,
            double[] targets) {
        double oldest = Math.pow(discount, steps);
        for (int t = length - 1; t >= 0; t--) {
            double sum = surprise(t, rewards, values, discount);
            if (t + 1 < length) {
                sum += discount * advantages[t + 1];
            }
            if (steps < length - t) {
                sum -= oldest * surprise(t + steps, rewards, values, discount);
            }
            advantages[t] = sum;
            targets[t] = values[t] + sum;
        }
    }

    /** A_t = Σ_k (γλ)^k δ_{t+k} (Schulman et al. 2016, equation 16); λ = 0 is one step, λ = 1 Monte Carlo minus V. */
    static void generalized(
            int length,
            double[] rewards,
            double[] values,
            double discount,
            double lambda,
            double[] advantages,
            double[] targets) {
        double sum = 0;
        for (int t = length - 1; t >= 0; t--) {
            sum = surprise(t, rewards, values, discount) + discount * lambda * sum;
            advantages[t] = sum;
            targets[t] = values[t] + sum;
        }
    }

    /** A_t = G_t − V(s_t), G_t = Σ_k γ^k r_{t+k} + γ^{T−t} V(s_T). */
    static void monteCarlo(
            int length, double[] rewards, double[] values, double discount, double[] advantages, double[] targets) {
        returns(length, rewards, values[length], discount, targets);
        for (int t = 0; t < length; t++) {
            advantages[t] = targets[t] - values[t];
        }
    }

    /** G_t = Σ_k γ^k r_{t+k} + γ^{T−t} {@code after}. */
    static void returns(int length, double[] rewards, double after, double discount, double[] returns) {
        double sum = after;
        for (int t = length - 1; t >= 0; t--) {
            sum = rewards[t] + discount * sum;
            returns[t] = sum;
        }
    }

    /**
     * V-trace (Espeholt et al. 2018): targets v_t of the policy that lies between μ and π as ρ̄ says.
     *
     * <pre>
     * v_t = V(s_t) + ρ_t δ_t + γ c_t (v_{t+1} − V(s_{t+1})),    ρ_t = min(ρ̄, π/μ),  c_t = λ min(c̄, π/μ)    equation 1
     * A_t = r_t + γ v_{t+1} − V(s_t)                                                                    section 4.2
     * </pre>
     *
     * <p>The ρ_t before A_t is the estimator's importance weight, not part of A_t. On-policy and with λ = 1, v_t = G_t.
     */
    static void vTrace(
            int length,
            double[] rewards,
            double[] values,
            double[] logRatios,
            VTrace bounds,
            double[] advantages,
            double[] targets) {
        double next = values[length];
        double correction = 0;
        for (int t = length - 1; t >= 0; t--) {
            double ratio = ImportanceWeights.ratio(logRatios[t]);
            advantages[t] = rewards[t] + bounds.discount() * next - values[t];
            correction = Math.min(bounds.rho(), ratio) * surprise(t, rewards, values, bounds.discount())
                    + bounds.discount() * bounds.lambda() * Math.min(bounds.c(), ratio) * correction;
            next = values[t] + correction;
            targets[t] = next;
        }
    }

    /** γ, λ, ρ̄ and c̄. */
    record VTrace(double discount, double lambda, double rho, double c) {}

    private static double surprise(int t, double[] rewards, double[] values, double discount) {
        return rewards[t] + discount * values[t + 1] - values[t];
    }
}

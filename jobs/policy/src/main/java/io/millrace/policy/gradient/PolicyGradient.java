package io.millrace.policy.gradient;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policy;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.EstimatorSpec;
import java.util.List;

/**
 * ∇U(θ), estimated from trajectories τ that a behaviour policy μ generated some updates ago.
 *
 * <pre>
 * Σ_τ w(τ) A(τ) ∇ log π_θ(τ) + β Σ_τ Σ_t ∇ H(π_θ(· | s_t))
 * ρ(τ) = π_θ(τ) / μ(τ) = exp Σ_t (log π_θ(a_t | s_t) − log μ(a_t | s_t)),    w(τ) = min(ρ(τ), c)
 * </pre>
 *
 * <ul>
 *   <li>A ∇ log π with A = R − b: REINFORCE (Williams 1992, equation 6). b must not depend on the trajectory's own reward.
 *   <li>min(ρ, c): truncated importance sampling (Ionides 2008). ρ alone makes the expectation over μ that over π_θ but its
 *       variance has no bound; min(ρ, c) has a variance bounded by c², and a bias that shrinks as π_θ and μ meet.
 *   <li>β ∇H: the entropy bonus (Williams and Peng 1991).
 * </ul>
 *
 * <p>One thread; allocates nothing per trajectory.
 */
public final class PolicyGradient {

    /** Bound of |log ρ| before it is exponentiated: sums over any batch stay finite, even as floats. */
    private static final double MAX_LOG_RATIO = 60;

    private final Policy policy;
    private final EstimatorSpec estimator;

    public PolicyGradient(Policy policy, EstimatorSpec estimator) {
        this.policy = policy;
        this.estimator = estimator;
    }

    /**
     * Adds the sum over the batch of the trajectories' gradients to {@code out}, and what it saw to {@code stats}.
     *
     * @throws InvalidInputException when a recorded log-probability or an advantage is impossible; nothing has been added
     * @throws IllegalStateException when θ is not finite; {@code out} is spoilt
     */
    public void accumulate(Parameters theta, Batch batch, GradientAccumulator out, BatchStatistics stats) {
        requireFinite(batch);
        policy.gradient(theta, batch, new ImportanceWeighting(batch, stats), out);
    }

    private static void requireFinite(Batch batch) {
        for (int t = 0; t < batch.size(); t++) {
            if (!Double.isFinite(batch.advantage(t))) {
                throw new InvalidInputException("advantage: expected a finite number, found " + batch.advantage(t)
                        + " (trajectory " + t + " of the batch)");
            }
            List<Decision> decisions = batch.trajectory(t).decisions();
            for (int d = 0; d < decisions.size(); d++) {
                decisions.get(d).requireLogProbs();
            }
        }
    }

    /** w(τ) A(τ) for every action of τ. */
    private final class ImportanceWeighting implements Weighting {

        private final Batch batch;
        private final BatchStatistics stats;

        ImportanceWeighting(Batch batch, BatchStatistics stats) {
            this.batch = batch;
            this.stats = stats;
        }

        @Override
        public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
            double logRatio = logRatio(batch.trajectory(trajectory), scores);
            double weight = importanceWeight(logRatio);
            double advantage = batch.advantage(trajectory);
            float each = (float) (weight * advantage);
            for (int i = 0; i < scores.length(); i++) {
                weights.setPolicy(i, each);
                stats.entropySum += scores.entropy(i);
            }
            stats.trajectories++;
            stats.actions += scores.length();
            stats.advantageSum += advantage;
            stats.advantageSquaredSum += advantage * advantage;
            stats.klSum += approximateKl(logRatio);
            stats.weightSum += weight;
            stats.weightSquaredSum += weight * weight;
            stats.clipped += ratio(logRatio) > weight && estimator.importance().clip() > 0 ? 1 : 0;
        }

        @Override
        public double entropyBonus(int trajectory) {
            return estimator.entropy();
        }
    }

    /** log ρ of the whole trajectory. */
    private static double logRatio(Trajectory trajectory, ActionScores scores) {
        double sum = 0;
        int at = 0;
        List<Decision> decisions = trajectory.decisions();
        for (int d = 0; d < decisions.size(); d++) {
            for (float behaviour : decisions.get(d).logProbs()) {
                sum += (double) scores.logProb(at++) - behaviour;
            }
        }
        return sum;
    }

    private double importanceWeight(double logRatio) {
        return estimator.importance().clip() == 0
                ? 1
                : Math.min(ratio(logRatio), estimator.importance().clip());
    }

    private static double ratio(double logRatio) {
        return Math.exp(Math.min(logRatio, MAX_LOG_RATIO));
    }

    /** ρ − 1 − log ρ ≥ 0, whose expectation over μ is KL(μ ‖ π_θ): the estimator k3 of Schulman (2020). */
    private static double approximateKl(double logRatio) {
        return ratio(logRatio) - 1 - logRatio;
    }
}

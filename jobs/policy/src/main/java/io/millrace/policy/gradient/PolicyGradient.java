package io.millrace.policy.gradient;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policy;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory.Origin;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.EstimatorSpec;
import io.millrace.policy.spec.PolicySpecException;

/**
 * ∇U(θ), estimated from trajectories τ that a behaviour policy μ generated some updates ago: the host of the estimators.
 *
 * <pre>
 * Σ_τ Σ_t w_t ∇ log π(a_t | s_t)          w: the {@link Estimator}, less the pull towards a reference
 *   + c_v Σ_τ Σ_t (target_t − V) ∇V(s_t)  where the baseline is a critic
 *   + Σ_τ Σ_t d_t Σ_a ∇π(a | s_t) q̂(s_t, a) + v_t ∇q̂(s_t, a_t)    of {@link DoublyRobust}
 *   + β Σ_τ Σ_t ∇ H(π(· | s_t))           the entropy bonus (Williams and Peng 1991)
 *   + c_d Σ_demonstrations (its weight) Σ_t ∇ log π(a_t | s_t)
 * </pre>
 *
 * <p>One thread; allocates nothing per trajectory.
 */
public final class PolicyGradient {

    private final Policy policy;
    private final EstimatorSpec spec;
    private final Estimator estimator;
    private final ImportanceWeights importance;
    private final ReferencePenalty penalty;
    private final Rollout rollout = new Rollout();
    private final Scores referenceScores = new Scores();

    /**
     * The estimator of a policy's file.
     *
     * @throws PolicySpecException when it needs a value head and the policy has none
     */
    public PolicyGradient(Policy policy, EstimatorSpec spec) {
        this.policy = policy;
        this.spec = spec;
        this.estimator = Estimators.of(spec, policy);
        this.importance = new ImportanceWeights(spec.importance());
        this.penalty = new ReferencePenalty(spec.kl().coefficient(), importance);
    }

    /** Scores the batch under the reference's parameters, once for any number of passes over it. */
    public void scoreReference(Parameters reference, Batch batch) {
        referenceScores.clear();
        policy.score(reference, batch, referenceScores);
        batch.setReference(referenceScores);
    }

    /**
     * Adds the sum over the batch of the trajectories' gradients to {@code out}, and what it saw to {@code stats}.
     *
     * @throws InvalidInputException when a recorded log-probability, a reward or an advantage is impossible; nothing has
     *     been added
     * @throws IllegalStateException when θ is not finite; {@code out} is spoilt. Or when a KL coefficient asks for a reference
     *     and the batch has none
     */
    public void accumulate(Parameters theta, Batch batch, GradientAccumulator out, BatchStatistics stats) {
        accumulate(theta, batch, out, stats, ScoreListener.NONE);
    }

    /** The same, and tells the listener of every generated trajectory. */
    public void accumulate(
            Parameters theta, Batch batch, GradientAccumulator out, BatchStatistics stats, ScoreListener listener) {
        if (spec.kl().coefficient() > 0 && !batch.hasReference()) {
            throw new IllegalStateException("batch: expected to be scored by the reference policy (estimator.kl"
                    + ".coefficient is " + spec.kl().coefficient() + "), found none; call scoreReference first");
        }
        BatchChecks.require(batch);
        policy.gradient(theta, batch, new Weights(batch, stats, listener), out);
    }

    /** Asks the estimator for the weights of each trajectory. */
    private final class Weights implements Weighting {

        private final Batch batch;
        private final BatchStatistics stats;
        private final ScoreListener listener;
        private double entropyBonus;

        Weights(Batch batch, BatchStatistics stats, ScoreListener listener) {
            this.batch = batch;
            this.stats = stats;
            this.listener = listener;
        }

        @Override
        public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
            stats.trajectories++;
            entropyBonus = 0;
            if (batch.trajectory(trajectory).origin() == Origin.DEMONSTRATED) {
                imitate(batch.advantage(trajectory), scores, weights);
                return;
            }
            rollout.load(batch, trajectory, scores);
            observe(scores);
            listener.scored(trajectory, scores, rollout.logRatio());
            if (importance.vetoes(rollout)) {
                stats.vetoed++;
                return;
            }
            estimator.weigh(rollout);
            RolloutStatistics.add(rollout, stats);
            if (batch.hasReference()) {
                stats.referenceKlSum += penalty.add(rollout, batch, batch.firstAction(trajectory), scores);
            }
            double scale = spec.lengthNormalization() ? 1.0 / Math.max(1, rollout.length) : 1;
            write(scale, weights);
            entropyBonus = scale * spec.entropy();
        }

        /** What is right is learned as it stands: the supervised gradient. */
        private void imitate(double weight, ActionScores scores, ActionWeights weights) {
            stats.demonstrations++;
            for (int t = 0; t < scores.length(); t++) {
                weights.setPolicy(t, (float) (weight * spec.demonstrations()));
            }
        }

        private void observe(ActionScores scores) {
            double logRatio = rollout.logRatio();
            stats.klSum += ImportanceWeights.ratio(logRatio) - 1 - logRatio;
            stats.actions += scores.length();
            for (int t = 0; t < scores.length(); t++) {
                stats.entropySum += scores.entropy(t);
            }
        }

        private void write(double scale, ActionWeights weights) {
            for (int t = 0; t < rollout.length; t++) {
                weights.setPolicy(t, (float) (scale * rollout.weights[t]));
            }
            if (spec.needsRewardModel()) {
                RolloutStatistics.addValues(rollout, stats);
                for (int t = 0; t < rollout.length; t++) {
                    weights.setDirect(t, (float) (scale * rollout.directs[t]));
                    weights.setActionValue(t, (float) (scale * rollout.valueWeights[t]));
                }
            }
            if (spec.needsValueHead()) {
                RolloutStatistics.addValues(rollout, stats);
                for (int t = 0; t < rollout.length; t++) {
                    double error = rollout.targets[t] - rollout.values[t];
                    weights.setValue(t, (float) (scale * spec.returns().valueCoefficient() * error));
                }
            }
        }

        @Override
        public double entropyBonus(int trajectory) {
            return entropyBonus;
        }
    }
}

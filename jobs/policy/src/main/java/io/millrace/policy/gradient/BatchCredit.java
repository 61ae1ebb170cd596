package io.millrace.policy.gradient;

import io.millrace.policy.ActionScores;
import io.millrace.policy.Batch;
import io.millrace.policy.Policy;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory.Origin;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.EstimatorSpec;

/**
 * Credits every generated action of a batch at once, at the price of one more forward pass: before several passes, which
 * all keep the advantages and the targets of V of the θ that they began with (Schulman et al. 2017, algorithm 1); and to
 * normalise advantages, which takes all of them.
 *
 * <pre>
 * A_t ← (A_t − mean A) / (std A + 10⁻⁸)        over the actions of the batch
 * </pre>
 *
 * <p>One thread; allocates only as batches grow.
 */
final class BatchCredit {

    /** Keeps a batch of equal advantages finite. */
    private static final double LEAST_DEVIATION = 1e-8;

    private final Policy policy;
    private final Credit credit;
    private final boolean normalizes;
    private final boolean needed;
    private final Scores scores = new Scores();
    private final ActionScores trajectoryScores = new ActionScores();
    private final Rollout rollout = new Rollout();
    private double[] advantages = new double[0];
    private double[] targets = new double[0];

    BatchCredit(Policy policy, EstimatorSpec spec) {
        this.policy = policy;
        this.credit = new Credit(spec.returns(), spec.baseline());
        this.normalizes = spec.returns().normalize();
        this.needed = normalizes || (spec.passes() > 1 && spec.needsValueHead());
    }

    /** Whether the estimator has to be told the credit of a batch; otherwise it makes it as it goes. */
    boolean isNeeded() {
        return needed;
    }

    /** Credits the batch under θ. */
    void assign(Parameters theta, Batch batch) {
        int actions = batch.actions();
        if (advantages.length < actions) {
            advantages = new double[Math.max(actions, 2 * advantages.length)];
            targets = new double[advantages.length];
        }
        scores.clear();
        policy.score(theta, batch, scores);
        for (int trajectory = 0; trajectory < batch.size(); trajectory++) {
            assign(batch, trajectory);
        }
        if (normalizes) {
            normalize(batch);
        }
        batch.setCredit(advantages, targets);
    }

    private void assign(Batch batch, int trajectory) {
        if (batch.trajectory(trajectory).origin() == Origin.DEMONSTRATED) {
            return;
        }
        int first = batch.firstAction(trajectory);
        int length = end(batch, trajectory) - first;
        trajectoryScores.reset(length);
        for (int t = 0; t < length; t++) {
            trajectoryScores.set(t, scores.logProb(first + t), 0f);
            trajectoryScores.setValue(t, scores.value(first + t));
        }
        trajectoryScores.setFinalValue(scores.finalValue(trajectory));
        rollout.load(batch, trajectory, trajectoryScores);
        credit.assign(rollout);
        System.arraycopy(rollout.advantages, 0, advantages, first, length);
        System.arraycopy(rollout.targets, 0, targets, first, length);
    }

    private void normalize(Batch batch) {
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (int trajectory = 0; trajectory < batch.size(); trajectory++) {
            if (batch.trajectory(trajectory).origin() == Origin.DEMONSTRATED) {
                continue;
            }
            for (int i = batch.firstAction(trajectory); i < end(batch, trajectory); i++) {
                sum += advantages[i];
                squares += advantages[i] * advantages[i];
                count++;
            }
        }
        double mean = sum / Math.max(1, count);
        double variance = Math.max(0, squares / Math.max(1, count) - mean * mean);
        double deviation = Math.sqrt(variance) + LEAST_DEVIATION;
        for (int i = 0; i < batch.actions(); i++) {
            advantages[i] = (advantages[i] - mean) / deviation;
        }
    }

    private static int end(Batch batch, int trajectory) {
        return trajectory + 1 < batch.size() ? batch.firstAction(trajectory + 1) : batch.actions();
    }
}

package io.millrace.policy.gradient;

import io.millrace.policy.ActionScores;
import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.Trajectory;
import java.util.Arrays;
import java.util.List;

/**
 * One trajectory as columns over its actions t = 0 … T − 1, and beside them what an estimator makes of it. Reusable; arrays
 * may be longer than {@link #length}.
 *
 * <p>Every action is a time step. A decision's reward arrives with its last action; where a decision has no action, with the
 * last one before it.
 */
final class Rollout {

    /** T. */
    int length;
    /** R(τ) − b, as the baseline outside gave it. */
    double advantage;
    /** R(τ), the sum of the rewards. */
    double rewardSum;
    /** Versions that μ is behind π. */
    long staleness;

    /** Read: log π(a_t | s_t) − log μ(a_t | s_t). */
    double[] logRatios = new double[0];
    /** Read: r_t. */
    double[] rewards = new double[0];
    /** Read: V(s_t); V after the last action is 0. */
    double[] values = new double[0];

    /** Read: q̂(s_t, a_t); 0 without a reward model. */
    double[] actionValues = new double[0];
    /** Read: Σ_a π(a | s_t) q̂(s_t, a); 0 without a reward model. */
    double[] expectedValues = new double[0];

    /** Written by {@link Credit}: A_t. */
    double[] advantages = new double[0];
    /** Written by {@link Credit} where there is a critic: what V(s_t) should have been. */
    double[] targets = new double[0];
    /** Written by an estimator: the importance weight of the action, for statistics. */
    double[] importance = new double[0];
    /** Written by an estimator: w_t of ∇ log π(a_t | s_t). */
    double[] weights = new double[0];
    /** Written by {@link DoublyRobust}: weight of Σ_a ∇π(a | s_t) q̂(s_t, a). */
    double[] directs = new double[0];
    /** Written by {@link DoublyRobust}: weight of ∇q̂(s_t, a_t). */
    double[] valueWeights = new double[0];
    /** Written by an estimator: actions whose weight was cut, or whose ratio left its bounds. */
    int clipped;
    /** Written by an estimator: actions whose weight was masked. */
    int masked;

    void load(Batch batch, int index, ActionScores scores) {
        Trajectory trajectory = batch.trajectory(index);
        reset(scores.length());
        advantage = batch.advantage(index);
        staleness = batch.staleness(index);
        int at = 0;
        List<Decision> decisions = trajectory.decisions();
        for (int d = 0; d < decisions.size(); d++) {
            for (float behaviour : decisions.get(d).logProbs()) {
                logRatios[at] = (double) scores.logProb(at) - behaviour;
                values[at] = scores.value(at);
                actionValues[at] = scores.actionValue(at);
                expectedValues[at] = scores.expectedActionValue(at);
                at++;
            }
            double reward = trajectory.rewards()[d];
            rewardSum += reward;
            if (at > 0) {
                rewards[at - 1] += reward;
            }
        }
    }

    private void reset(int actions) {
        if (logRatios.length < actions) {
            int room = Math.max(actions, 2 * logRatios.length);
            logRatios = new double[room];
            rewards = new double[room];
            values = new double[room];
            actionValues = new double[room];
            expectedValues = new double[room];
            directs = new double[room];
            valueWeights = new double[room];
            advantages = new double[room];
            targets = new double[room];
            importance = new double[room];
            weights = new double[room];
        } else {
            Arrays.fill(rewards, 0, actions, 0);
        }
        length = actions;
        rewardSum = 0;
        clipped = 0;
        masked = 0;
    }

    /** log ρ of the whole trajectory. */
    double logRatio() {
        double sum = 0;
        for (int t = 0; t < length; t++) {
            sum += logRatios[t];
        }
        return sum;
    }
}

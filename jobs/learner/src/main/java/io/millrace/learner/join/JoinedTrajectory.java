package io.millrace.learner.join;

import io.millrace.policy.Trajectory.Origin;
import io.millrace.policy.spec.BaselineSpec;

/**
 * A trajectory with its rewards.
 *
 * @param lane policy and lane, the key of what follows: one busy policy is spread over its lanes
 * @param segment key of the baseline; empty: the policy's only segment
 * @param group key of the outputs of one prompt; empty: none
 * @param origin whether the policy generated it, or somebody demonstrated it
 * @param steps the generations, encoded, in order
 * @param rewards of each step, combined and clipped; as long as {@code steps}. Of a demonstration its weight, at the last
 * @param defaulted whether the reward is the default, for want of one
 * @param observedAtMs when the completing reward was observed; milliseconds since the epoch, 0 without one
 * @param appendedAtMs when Kafka got it; milliseconds since the epoch, 0 without one
 * @param joinedAtMs when the join emitted it; milliseconds since the epoch
 * @param rewardWindowMs how long a reward counts, and how long the others of a group are waited for; milliseconds
 * @param baseline how the policy turns rewards into advantages, so that what follows needs no specification
 */
public record JoinedTrajectory(
        String policy,
        String lane,
        String trajectoryId,
        String segment,
        String group,
        Origin origin,
        byte[][] steps,
        double[] rewards,
        boolean defaulted,
        long observedAtMs,
        long appendedAtMs,
        long joinedAtMs,
        long rewardWindowMs,
        BaselineSpec baseline) {

    /** R(τ): the sum of the steps' rewards. */
    public double reward() {
        double sum = 0;
        for (double reward : rewards) {
            sum += reward;
        }
        return sum;
    }

    public boolean isDemonstrated() {
        return origin == Origin.DEMONSTRATED;
    }
}

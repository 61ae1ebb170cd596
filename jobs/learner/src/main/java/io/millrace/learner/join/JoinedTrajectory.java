package io.millrace.learner.join;

import io.millrace.policy.spec.BaselineSpec;

/**
 * A trajectory with its reward.
 *
 * @param lane policy and lane, the key of what follows: one busy policy is spread over its lanes
 * @param segment key of the baseline; empty: the policy's only segment
 * @param steps the generations, encoded, in order
 * @param reward R(τ), combined and clipped
 * @param defaulted whether the reward is the default, for want of one
 * @param observedAtMs when the completing reward was observed; milliseconds since the epoch, 0 if defaulted
 * @param appendedAtMs when Kafka got it; milliseconds since the epoch, 0 if defaulted
 * @param joinedAtMs when the join emitted it; milliseconds since the epoch
 * @param baseline how the policy turns rewards into advantages, so that what follows needs no specification
 */
public record JoinedTrajectory(
        String policy,
        String lane,
        String trajectoryId,
        String segment,
        byte[][] steps,
        double reward,
        boolean defaulted,
        long observedAtMs,
        long appendedAtMs,
        long joinedAtMs,
        BaselineSpec baseline) {}

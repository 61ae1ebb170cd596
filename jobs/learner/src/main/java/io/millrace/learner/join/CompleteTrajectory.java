package io.millrace.learner.join;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.policy.Trajectory.Origin;
import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.spec.JoinSpec;

/** What becomes of a trajectory that is complete. */
final class CompleteTrajectory {

    private CompleteTrajectory() {}

    /** The trajectory as it goes on. Expects that its policy does not skip it. */
    static JoinedTrajectory of(
            String trajectoryId, OpenTrajectory trajectory, KnownPolicy policy, int lanes, long nowMs) {
        byte[][] steps =
                trajectory.steps.stream().map(step -> step.record().value()).toArray(byte[][]::new);
        BaselineSpec baseline = policy.definition().estimator().baseline();
        int rewards = trajectory.rewards.size();
        StoredReward completing = rewards == 0 ? null : trajectory.rewards.get(rewards - 1);
        return new JoinedTrajectory(
                policy.name(),
                Lanes.lane(policy.name(), trajectory, trajectoryId, baseline, lanes),
                trajectoryId,
                trajectory.segment,
                trajectory.group,
                trajectory.demonstrated ? Origin.DEMONSTRATED : Origin.GENERATED,
                steps,
                rewards(trajectory, policy.definition().join()),
                completing == null && !trajectory.demonstrated,
                completing == null ? 0 : completing.observedAtMs(),
                completing == null ? 0 : completing.record().timestamp(),
                nowMs,
                policy.definition().join().rewardWindow().toMillis(),
                baseline);
    }

    /** Of each step. What is known of the whole only goes to the last. */
    private static double[] rewards(OpenTrajectory trajectory, JoinSpec join) {
        int steps = trajectory.steps.size();
        if (!trajectory.demonstrated && !trajectory.rewards.isEmpty()) {
            return CombinedReward.perStep(trajectory.rewards, steps, join);
        }
        double[] rewards = new double[steps];
        rewards[steps - 1] = trajectory.demonstrated
                ? trajectory.steps.get(steps - 1).weight()
                : join.defaultReward().orElseThrow();
        return rewards;
    }
}

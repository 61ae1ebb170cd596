package io.millrace.learner.join;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules refuse, and in which words. */
final class JoinRefusals {

    private final JoinRules.Outlet outlet;

    JoinRefusals(JoinRules.Outlet outlet) {
        this.outlet = outlet;
    }

    /** A reward after its time. */
    void late(StoredReward reward, KnownPolicy policy, String why) {
        outlet.refuse(
                DeadLetterReason.LATE,
                "reward: expected within " + policy.definition().join().rewardWindow() + " of the last step, found "
                        + Instant.ofEpochMilli(reward.observedAtMs()) + ", when " + why
                        + "; lengthen join.reward-window if this is common",
                policy.name(),
                reward.record());
    }

    /**
     * A step whose window has closed before anything was known of it, or after all that was has been forgotten; with it go
     * the rewards that have waited for it.
     */
    void past(StoredStep step, OpenTrajectory trajectory, KnownPolicy policy, long watermarkMs) {
        outlet.refuse(
                DeadLetterReason.LATE,
                "generation: expected within " + policy.definition().join().rewardWindow() + " of "
                        + Instant.ofEpochMilli(watermarkMs) + ", how far the topics have been read, found "
                        + Instant.ofEpochMilli(step.eventTimeMs())
                        + "; it may have been learned before. Lengthen join.reward-window if outputs come so late",
                policy.name(),
                step.record());
        for (StoredReward reward : List.copyOf(trajectory.rewards)) {
            trajectory.remove(reward);
            late(reward, policy, "its output came after the window");
        }
    }

    /** A step that its trajectory has not waited for. */
    void afterCompletion(StoredStep step, OpenTrajectory trajectory, KnownPolicy policy) {
        outlet.refuse(
                DeadLetterReason.LATE,
                "step " + step.step() + ": expected before its trajectory was complete with "
                        + trajectory.closedSteps.length
                        + " step(s), found after; mark only the last step or reward as last",
                policy.name(),
                step.record());
    }

    /** A reward whose generation has not come in time, or had been forgotten; of a policy that may be gone by now. */
    void unmatched(String trajectoryId, StoredReward reward, @Nullable KnownPolicy policy) {
        String early =
                policy == null ? "" : " within " + policy.definition().join().earlyReward() + " (join.early-reward)";
        String window =
                policy == null ? "" : " of " + policy.definition().join().rewardWindow();
        outlet.refuse(
                DeadLetterReason.UNMATCHED,
                "reward: expected a generation of trajectory '" + trajectoryId + "'" + early
                        + ", found none. It was never logged, or the reward, observed at "
                        + Instant.ofEpochMilli(reward.observedAtMs()) + ", came after its window" + window
                        + " and it was forgotten; raise join.reward-window if people take so long",
                policy == null ? "" : policy.name(),
                reward.record());
    }

    void conflict(StoredStep step, KnownPolicy policy) {
        outlet.refuse(
                DeadLetterReason.DUPLICATE_CONFLICT,
                "step " + step.step() + ": expected one generation, found a second with other content",
                policy.name(),
                step.record());
    }

    void ofAnotherPolicy(RawRecord record, KnownPolicy found, String expected) {
        outlet.refuse(
                DeadLetterReason.INVALID,
                "policy: expected '" + expected + "', which generated the trajectory, found '" + found.name()
                        + "'; mend the sender",
                found.name(),
                record);
    }

    void unknownPolicy(String policy, String waited, RawRecord record) {
        outlet.refuse(
                DeadLetterReason.UNKNOWN_POLICY,
                "policy: expected one that has been applied, found '" + policy + "'" + waited
                        + "; apply it, then replay",
                policy,
                record);
    }

    void ofMissingSteps(OpenTrajectory trajectory, KnownPolicy policy) {
        int steps = trajectory.steps.size();
        for (StoredReward reward : List.copyOf(trajectory.rewards)) {
            if (reward.step() >= steps) {
                trajectory.rewards.remove(reward);
                outlet.refuse(
                        DeadLetterReason.UNMATCHED,
                        "step: expected one of the trajectory's, 0 to " + (steps - 1) + ", found " + reward.step(),
                        policy.name(),
                        reward.record());
            }
        }
    }

    void ofDemonstration(OpenTrajectory trajectory, KnownPolicy policy) {
        for (StoredReward reward : trajectory.rewards) {
            outlet.refuse(
                    DeadLetterReason.INVALID,
                    "reward: expected none of a demonstration, which is right by definition; give it a weight instead",
                    policy.name(),
                    reward.record());
        }
        trajectory.rewards.clear();
    }

    /** Every record of a trajectory, which ends with it. */
    void all(OpenTrajectory trajectory, DeadLetterReason reason, String detail) {
        trajectory.steps.forEach(step -> outlet.refuse(reason, detail, "", step.record()));
        trajectory.rewards.forEach(reward -> outlet.refuse(reason, detail, "", reward.record()));
        trajectory.close();
    }
}

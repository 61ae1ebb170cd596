package io.millrace.sdk;

import io.millrace.policy.Trajectory;
import io.millrace.schemas.Reward;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One reaction to a trajectory.
 *
 * @param rewardId idempotency key; a second reward of the same id for the same trajectory has no effect
 * @param step the step rewarded; empty: the whole trajectory
 * @param name the metric
 * @param value of magnitude at most 1e30, in the metric's unit
 * @param observedAt when the reaction was observed
 * @param last true when nothing more will come
 */
public record Feedback(
        String policy,
        String trajectoryId,
        String rewardId,
        OptionalInt step,
        String name,
        double value,
        Instant observedAt,
        boolean last,
        Optional<String> source) {

    /** Name of the metric when none is given. */
    public static final String DEFAULT_METRIC = "score";

    public Feedback {
        if (!(Math.abs(value) <= Trajectory.GREATEST_REWARD)) {
            throw new InvalidRequestException("value: expected a finite number of magnitude at most "
                    + Trajectory.GREATEST_REWARD + ", found " + value);
        }
        requireText("policy", policy);
        requireText("trajectoryId", trajectoryId);
        requireText("rewardId", rewardId);
        requireText("name", name);
        source.ifPresent(text -> requireText("source", text));
        if (step.isPresent() && step.getAsInt() < 0) {
            throw new InvalidRequestException("step: expected 0 or more, found " + step.getAsInt());
        }
    }

    Reward toReward() {
        return Reward.newBuilder()
                .setRewardId(rewardId)
                .setPolicy(policy)
                .setTrajectoryId(trajectoryId)
                .setStep(step.isPresent() ? step.getAsInt() : null)
                .setName(name)
                .setValue(value)
                .setObservedAt(observedAt)
                .setLast(last)
                .setSource(source.orElse(null))
                .build();
    }

    private static void requireText(String field, String value) {
        if (value.isBlank() || value.length() > 200) {
            throw new InvalidRequestException(
                    field + ": expected 1 to 200 characters, found " + (value.isBlank() ? "none" : value.length()));
        }
    }
}

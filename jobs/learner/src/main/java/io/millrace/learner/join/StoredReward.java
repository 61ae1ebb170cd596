package io.millrace.learner.join;

import io.millrace.learner.ingest.RawRecord;

/**
 * A reward that waits for its trajectory to complete.
 *
 * @param id hash of the policy that it names and of its idempotency key: before the generation is there, nobody knows which
 *     policy's reward is the right one
 * @param step step that is rewarded, {@link #WHOLE_TRAJECTORY} for all of them
 * @param observedAtMs when it was observed, but no later than the broker saw it; milliseconds since the epoch
 * @param record the reward as it came
 */
public record StoredReward(
        long id, int step, String metric, double value, boolean last, long observedAtMs, RawRecord record) {

    /** Step of a reward that is for the whole trajectory. */
    public static final int WHOLE_TRAJECTORY = -1;

    boolean isOfWhole() {
        return step == WHOLE_TRAJECTORY;
    }
}

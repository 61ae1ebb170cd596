package io.millrace.policy.spec;

import java.time.Duration;

/**
 * When a batch is done: at so many trajectories, or when its oldest is so old.
 *
 * @param trajectories at least 1
 * @param maxAge greater than zero, in whole milliseconds
 */
public record BatchSpec(int trajectories, Duration maxAge) {

    public BatchSpec {
        PolicyKeys.BATCH_TRAJECTORIES.require(trajectories);
        PolicyKeys.BATCH_MAX_AGE.require(maxAge);
    }
}

package io.millrace.simulator;

/**
 * What the users did and got so far.
 *
 * @param requested outputs asked for
 * @param generated outputs acknowledged
 * @param failed requests without an output
 * @param rewarded trajectories whose first reward was acknowledged
 * @param never listeners who chose not to answer
 * @param duplicates second rewards acknowledged
 * @param retries rewards sent again because the service did not take them
 * @param refused rewards given up: the service will never take them
 * @param outstanding requests without an answer, and listeners who have still something to say
 * @param ratePerSecond what the pacer allows now
 * @param rewardMeanFirst mean score of the first tenth of all outputs; NaN: none yet
 * @param rewardMeanLast mean score of the last tenth
 */
public record Statistics(
        long requested,
        long generated,
        long failed,
        long rewarded,
        long never,
        long duplicates,
        long retries,
        long refused,
        long outstanding,
        double ratePerSecond,
        double rewardMeanFirst,
        double rewardMeanLast) {}

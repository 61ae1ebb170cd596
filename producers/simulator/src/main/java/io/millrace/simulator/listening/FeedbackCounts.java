package io.millrace.simulator.listening;

/**
 * What became of the outputs that were heard.
 *
 * @param rewarded trajectories whose first reward was acknowledged
 * @param never listeners who chose not to answer
 * @param duplicates second rewards acknowledged
 * @param retries rewards sent again because the service did not take them
 * @param refused rewards that the service will never take: given up
 * @param outstanding listeners who have still something to say
 */
public record FeedbackCounts(
        long rewarded, long never, long duplicates, long retries, long refused, long outstanding) {}

package io.millrace.sdk;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A policy as it is served here.
 *
 * @param specification the policy's file as JSON
 * @param ready whether parameters have arrived
 * @param trajectoriesLearned in the lineage of the applied parameters
 * @param rewardMean of the newest applied update; empty: none yet
 */
public record PolicyStatus(
        String name,
        String kind,
        String specification,
        boolean ready,
        boolean paused,
        long epoch,
        long version,
        boolean checksumMatches,
        long generations,
        long trajectoriesLearned,
        OptionalDouble rewardMean,
        Optional<String> problem) {}

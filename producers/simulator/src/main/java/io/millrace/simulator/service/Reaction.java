package io.millrace.simulator.service;

import java.time.Instant;

/**
 * A user's judgement of one answer.
 *
 * @param rewardId the same whenever the same judgement is sent again
 * @param value in [0, 1]
 */
public record Reaction(String rewardId, double value, Instant observedAt) {}

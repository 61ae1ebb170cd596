package io.millrace.policy.spec;

import java.time.Duration;

/** When a batch is done: at so many trajectories, or when its oldest is so old. */
public record BatchSpec(int trajectories, Duration maxAge) {}

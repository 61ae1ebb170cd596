package io.millrace.simulator.pace;

/**
 * What users saw since the last observation.
 *
 * @param seconds since then
 * @param lagMillis recent update lag; NaN: not known
 * @param achievedPerSecond trajectories acknowledged a second
 * @param refused requests that the service could not take
 */
public record Observation(double seconds, double lagMillis, double achievedPerSecond, long refused) {}

package io.millrace.simulator.listening;

/**
 * What a listener will do, drawn before anything is heard, so that a run depends on its seed and not on who was faster.
 *
 * @param answers how often: 0, 1 or 2
 * @param delayNanos from hearing the output to the first answer; 0: at once
 * @param repeatNanos from the first answer's arrival to the second
 */
public record Fate(int answers, long delayNanos, long repeatNanos) {}

package io.millrace.local.admin;

/**
 * A policy after a change.
 *
 * @param revision of its specification now
 * @param changed false when it already was so and nothing was written
 */
public record AppliedPolicy(String policy, long revision, boolean paused, boolean changed) {}

package io.millrace.local.flink;

/**
 * A job that runs in place of another.
 *
 * @param job the id of the one that runs
 * @param replaced the id of the one that was stopped
 * @param savepoint what the first went on from and the second left
 */
public record Replacement(String job, String replaced, String savepoint) {}

package io.millrace.local.flink;

/** The workers of a Flink cluster and their slots. */
public record ClusterOverview(int taskManagers, int slotsTotal, int slotsAvailable) {}

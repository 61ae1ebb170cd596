package io.millrace.bench.curves.control;

/**
 * What a run through the pipeline came to.
 *
 * @param staleness versions that a trajectory was behind when it was learned from, mean
 * @param greatestStaleness the same, the most
 * @param passes optimizer steps taken, as a share of those that the rounds asked for: a checkpoint ends those that are left
 */
record ServedControlRun(ReturnCurve curve, double staleness, long greatestStaleness, double passes) {}

package io.millrace.bench.curves.staleness;

/**
 * What a run through the pipeline came to.
 *
 * @param rewards mean of a batch of each version
 * @param staleness mean, over the batches judged since the lag was full, of the versions that they were behind
 */
record ServedRun(double[] rewards, double staleness) {}

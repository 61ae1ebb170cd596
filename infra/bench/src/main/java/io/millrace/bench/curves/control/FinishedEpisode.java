package io.millrace.bench.curves.control;

/**
 * An episode played while learning.
 *
 * @param frames steps of all environments up to the end of the round that it ended in
 * @param sum of its rewards
 */
public record FinishedEpisode(long frames, double sum) {}

package io.millrace.bench.curves.control;

/**
 * An episode played while learning.
 *
 * @param frames steps of all episodes so far, this one's included
 * @param sum of its rewards
 */
public record FinishedEpisode(long frames, double sum) {}

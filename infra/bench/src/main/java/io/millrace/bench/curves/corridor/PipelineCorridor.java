package io.millrace.bench.curves.corridor;

/**
 * What a run through the pipeline has come to.
 *
 * @param difference greatest, over the episodes, between the probability of going right that was served after an episode, and
 *     what memory makes of the one before and the same walk
 */
record PipelineCorridor(LearnedCorridor learned, double difference) {}

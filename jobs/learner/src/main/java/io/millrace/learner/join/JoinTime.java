package io.millrace.learner.join;

/**
 * Where time stands for the rules.
 *
 * @param processingMs wall clock; milliseconds since the epoch
 * @param watermarkMs event time: deadlines up to it have passed; milliseconds since the epoch
 */
record JoinTime(long processingMs, long watermarkMs) {}

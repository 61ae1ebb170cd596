package io.millrace.learner.join;

import io.millrace.learner.ingest.RawRecord;

/**
 * A step that waits for its reward.
 *
 * @param step position in the trajectory, from 0
 * @param last whether no step follows
 * @param eventTimeMs when it was generated, but no later than the broker saw it; milliseconds since the epoch
 * @param weight of a demonstration how much it counts, otherwise 1
 * @param record the generation as it came
 */
public record StoredStep(int step, boolean last, long eventTimeMs, double weight, RawRecord record) {}

package io.millrace.learner.gradient;

import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.parameters.SparseRows;

/**
 * The summed gradient of one micro-batch and what the server needs to know of its trajectories. The largest thing in
 * flight: it carries only the rows that are not zero, and nobody copies it.
 *
 * @param gradient Σ over the trajectories of their gradients; not divided by anything
 * @param statistics what the estimator saw, summed over the trajectories
 * @param totals what it did not see: rewards, staleness, values of other policies
 * @param trajectories ids, and the times of each trajectory's way so far
 */
public record PartialGradient(
        String policy,
        SparseRows gradient,
        BatchStatistics statistics,
        BatchTotals totals,
        LearnedTrajectories trajectories) {

    private static final SparseRows NOTHING = new SparseRows(1, new int[0], new float[0]);

    /** The same without its heavy part, once that has been added up. */
    public PartialGradient withoutGradient() {
        return new PartialGradient(policy, NOTHING, statistics, totals, trajectories);
    }
}

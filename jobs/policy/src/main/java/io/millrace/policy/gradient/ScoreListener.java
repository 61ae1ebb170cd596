package io.millrace.policy.gradient;

import io.millrace.policy.ActionScores;

/** Hears what the current parameters say of the generated trajectories of a batch, beside the estimator. */
public interface ScoreListener {

    /** Nobody. */
    ScoreListener NONE = (trajectory, scores, logRatio) -> {};

    /**
     * Called once a generated trajectory and pass, before it is weighed.
     *
     * @param trajectory index in the batch
     * @param scores of its actions; valid during the call
     * @param logRatio log π(τ)/μ(τ)
     */
    void scored(int trajectory, ActionScores scores, double logRatio);
}

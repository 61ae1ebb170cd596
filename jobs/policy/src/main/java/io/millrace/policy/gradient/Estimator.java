package io.millrace.policy.gradient;

/** Says how much each action of a trajectory counts in ∇U(θ). */
interface Estimator {

    /** Reads the columns of the rollout and writes its weights, advantages, importance and counts. */
    void weigh(Rollout rollout);
}

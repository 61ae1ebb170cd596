package io.millrace.policy.gradient;

import io.millrace.policy.Batch;
import io.millrace.policy.Policy;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.EstimatorSpec;

/** ∇U(θ), by the estimator that a policy's file names. CONTRACT ONLY: to be filled in. */
public final class PolicyGradient {

    public PolicyGradient(Policy policy, EstimatorSpec estimator) {
        throw new UnsupportedOperationException();
    }

    /** Adds the sum over the batch of the trajectories' gradients to {@code out}, and what it saw to {@code stats}. */
    public void accumulate(Parameters theta, Batch batch, GradientAccumulator out, BatchStatistics stats) {
        throw new UnsupportedOperationException();
    }
}

package io.millrace.policy.parameters;

import io.millrace.policy.gradient.GradientAccumulator;

/**
 * Encodes a pending step and applies, to the learner's own θ, exactly what a replica will decode; what quantisation lost
 * stays pending. CONTRACT ONLY: to be filled in.
 */
public final class DeltaEncoder {

    public DeltaEncoder(ParameterLayout layout) {
        throw new UnsupportedOperationException();
    }

    /**
     * Encodes the touched rows of {@code pending}, adds the decoded delta to {@code theta} and to {@code pending}
     * subtracts it: afterwards {@code pending} has no touched rows, its values hold the residual.
     */
    public EncodedParameters encode(GradientAccumulator pending, float[] theta) {
        throw new UnsupportedOperationException();
    }
}

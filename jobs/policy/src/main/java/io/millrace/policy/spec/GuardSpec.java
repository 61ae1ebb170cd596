package io.millrace.policy.spec;

/**
 * What the learner refuses to do.
 *
 * @param gradientNorm mean gradients longer than this are scaled down to it; infinite: never
 * @param maxKl a batch whose mean approximate KL exceeds this is dropped; infinite: never
 * @param maxStaleness trajectories whose parameters are more versions old than this are dropped and dead-lettered
 */
public record GuardSpec(double gradientNorm, double maxKl, long maxStaleness) {

    public GuardSpec {
        PolicyKeys.GRADIENT_NORM.require(gradientNorm);
        PolicyKeys.MAX_KL.require(maxKl);
        PolicyKeys.MAX_STALENESS.require(maxStaleness);
    }
}

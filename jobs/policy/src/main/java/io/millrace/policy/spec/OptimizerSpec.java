package io.millrace.policy.spec;

/**
 * How a gradient becomes a step. Fields that a kind does not use hold their defaults.
 *
 * @param learningRate η of the first step
 * @param decaySteps steps over which η falls to its share {@code decayTo}; 0: it never does
 */
public record OptimizerSpec(
        Kind kind,
        double learningRate,
        int decaySteps,
        double decayTo,
        double beta1,
        double beta2,
        double epsilon,
        double initialAccumulator) {

    public OptimizerSpec {
        PolicyKeys.LEARNING_RATE.require(learningRate);
        PolicyKeys.DECAY_STEPS.require(decaySteps);
        PolicyKeys.DECAY_TO.require(decayTo);
        PolicyKeys.BETA1.require(beta1);
        PolicyKeys.BETA2.require(beta2);
        PolicyKeys.EPSILON.require(epsilon);
        PolicyKeys.INITIAL_ACCUMULATOR.require(initialAccumulator);
    }

    /**
     * η of a step, numbered from 1: along a line from {@code learningRate} to {@code decayTo · learningRate}, which it
     * reaches after {@code decaySteps} steps and keeps.
     */
    public double learningRate(long step) {
        if (decaySteps == 0) {
            return learningRate;
        }
        double left = Math.max(0, 1 - (step - 1) / (double) decaySteps);
        return learningRate * (decayTo + (1 - decayTo) * left);
    }

    public enum Kind {
        /** Plain gradient steps. */
        SGD,
        /** Duchi, Hazan and Singer 2011. */
        ADAGRAD,
        /** Kingma and Ba 2015, with moments that decay only where the gradient touches. */
        ADAM
    }
}

package io.millrace.policy.spec;

/** How a gradient becomes a step. Fields that a kind does not use hold their defaults. */
public record OptimizerSpec(
        Kind kind, double learningRate, double beta1, double beta2, double epsilon, double initialAccumulator) {

    public OptimizerSpec {
        PolicyKeys.LEARNING_RATE.require(learningRate);
        PolicyKeys.BETA1.require(beta1);
        PolicyKeys.BETA2.require(beta2);
        PolicyKeys.EPSILON.require(epsilon);
        PolicyKeys.INITIAL_ACCUMULATOR.require(initialAccumulator);
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

package io.millrace.policy.spec;

/** How a gradient becomes a step. Fields that a kind does not use hold their defaults. */
public record OptimizerSpec(
        Kind kind, double learningRate, double beta1, double beta2, double epsilon, double initialAccumulator) {

    public enum Kind {
        SGD,
        ADAGRAD,
        ADAM
    }
}

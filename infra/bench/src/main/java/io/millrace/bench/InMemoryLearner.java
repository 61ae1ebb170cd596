package io.millrace.bench;

import io.millrace.policy.Batch;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.optimizer.Optimizer;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.spec.OptimizerSpec;
import io.millrace.policy.spec.PolicyDefinition;

/** A policy that learns without Kafka and Flink: gradient, step, and θ is moved in place. One thread. */
final class InMemoryLearner {

    private final Policy policy;
    private final float[] theta;
    private final Parameters parameters;
    private final GradientAccumulator gradient;
    private final GradientAccumulator pending;
    private final float[][] moments;
    private long steps;
    private long gradientNanos;
    private long trajectories;

    InMemoryLearner(PolicyDefinition definition) {
        this.policy = Policies.create(definition);
        this.theta = new float[policy.layout().size()];
        this.parameters = new Parameters(theta, 1, 1);
        this.gradient = new GradientAccumulator(policy.layout());
        this.pending = new GradientAccumulator(policy.layout());
        this.moments = new float[Optimizer.of(definition.optimizer(), policy.layout()).moments()][theta.length];
        policy.initialize(theta, definition.seed());
    }

    Policy policy() {
        return policy;
    }

    Parameters parameters() {
        return parameters;
    }

    /** Trajectories whose gradient one second of this thread computes, over all steps so far. */
    double gradientsPerSecond() {
        return trajectories / (gradientNanos / 1e9);
    }

    /** One step up the mean gradient of the batch. */
    void step(Batch batch, double entropyBonus, OptimizerSpec optimizer) {
        long start = System.nanoTime();
        policy.gradient(parameters, batch, new ByAdvantage(batch, entropyBonus), gradient);
        gradientNanos += System.nanoTime() - start;
        trajectories += batch.size();
        Optimizer.of(optimizer, policy.layout()).step(gradient.drain(), 1f / batch.size(), moments, ++steps, pending);
        move(pending.drain());
    }

    private void move(SparseRows step) {
        int width = step.width();
        for (int i = 0; i < step.count(); i++) {
            for (int j = 0; j < width; j++) {
                theta[step.row(i) * width + j] += step.values()[i * width + j];
            }
        }
    }
}

package io.millrace.policy.optimizer;

import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.spec.OptimizerSpec;

/**
 * Turns a gradient (of a utility: steps go uphill) into a step. Costs what the gradient touches.
 *
 * <p>An optimizer keeps nothing of its own: all it remembers is in the moment vectors and the number of the step, so it goes
 * on from a restored checkpoint as if nothing had happened. One thread.
 */
public interface Optimizer {

    /** Number of moment vectors, each of θ's length, that the optimizer keeps; zero-filled at first. */
    int moments();

    /**
     * Adds the step to {@code pending}.
     *
     * @param gradient summed gradient
     * @param scale factor that makes it the mean (and clips it), so the gradient of this step is scale · gradient
     * @param moments the moment vectors, updated at the touched rows
     * @param step number of this step, from 1
     * @param pending sum of the steps not yet published, touched at the gradient's rows
     */
    void step(SparseRows gradient, float scale, float[][] moments, long step, GradientAccumulator pending);

    /** The optimizer that a policy's file names. */
    static Optimizer of(OptimizerSpec spec, ParameterLayout layout) {
        int width = layout.rowWidth();
        return switch (spec.kind()) {
            case SGD -> new Sgd(spec, width);
            case ADAGRAD -> new AdaGrad(spec, width);
            case ADAM -> new Adam(spec, width);
        };
    }
}

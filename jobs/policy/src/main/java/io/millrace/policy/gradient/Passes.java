package io.millrace.policy.gradient;

import io.millrace.policy.Batch;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.PolicyDefinition;

/**
 * Several passes over one batch (Schulman et al. 2017, algorithm 1) where somebody else owns θ and takes the step: between
 * passes a copy of θ goes on by plain gradient steps, and the sum of all passes' gradients is handed over.
 *
 * <pre>
 * θ_0 = θ,    θ_{p+1} = θ_p + η g(θ_p) / m,    out += Σ_p g(θ_p)
 * </pre>
 *
 * <p>With the optimizer {@code sgd} and batches as large as the step's this is exactly what as many steps over the batch would
 * do. An adaptive optimizer scales the sum in its own way; for it the copy only looks ahead, which is all that the clip needs.
 *
 * <p>One thread. Costs a copy of θ a pass from the second on; one pass costs nothing more than {@link PolicyGradient}.
 */
public final class Passes {

    private final PolicyGradient estimator;
    private final int passes;
    private final float learningRate;
    private final GradientAccumulator gradient;
    private final float[] ahead;

    /** The passes that a policy's file asks for, of its estimator. */
    public Passes(PolicyGradient estimator, ParameterLayout layout, PolicyDefinition definition) {
        this(
                estimator,
                layout,
                definition.estimator().passes(),
                definition.optimizer().learningRate());
    }

    Passes(PolicyGradient estimator, ParameterLayout layout, int passes, double learningRate) {
        this.estimator = estimator;
        this.passes = passes;
        this.learningRate = (float) learningRate;
        // One pass needs no room.
        ParameterLayout room = passes > 1 ? layout : ParameterLayout.of("none", 1, 1);
        this.gradient = new GradientAccumulator(room);
        this.ahead = new float[room.size()];
    }

    /**
     * Adds the sum of all passes' gradients to {@code out}, and the statistics of the last pass to {@code stats}: what ratios
     * and divergence have come to.
     *
     * @see PolicyGradient#accumulate
     */
    public void accumulate(Parameters theta, Batch batch, GradientAccumulator out, BatchStatistics stats) {
        if (passes == 1 || batch.size() == 0) {
            estimator.accumulate(theta, batch, out, stats);
            return;
        }
        System.arraycopy(theta.values(), 0, ahead, 0, ahead.length);
        var current = new Parameters(ahead, theta.epoch(), theta.version());
        gradient.clear();
        for (int pass = 1; pass < passes; pass++) {
            estimator.accumulate(current, batch, gradient, new BatchStatistics());
            move(learningRate / batch.size(), out);
        }
        estimator.accumulate(current, batch, out, stats);
    }

    /** Adds the pass's gradient to {@code out} and goes a step ahead by it. */
    private void move(float step, GradientAccumulator out) {
        int width = gradient.layout().rowWidth();
        float[] from = gradient.values();
        for (int i = 0; i < gradient.touchedRows(); i++) {
            int row = gradient.touchedRow(i);
            out.touch(row);
            for (int k = row * width; k < (row + 1) * width; k++) {
                out.values()[k] += from[k];
                ahead[k] += step * from[k];
            }
        }
        gradient.clear();
    }
}

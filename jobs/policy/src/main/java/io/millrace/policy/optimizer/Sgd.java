package io.millrace.policy.optimizer;

import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.RowPrefetch;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.spec.OptimizerSpec;

/** Stochastic gradient ascent: Δθ = η g (Robbins and Monro 1951). */
final class Sgd implements Optimizer {

    private final OptimizerSpec spec;
    private final int width;
    private final RowPrefetch prefetch;

    Sgd(OptimizerSpec spec, int width) {
        this.spec = spec;
        this.width = width;
        this.prefetch = new RowPrefetch(width);
    }

    @Override
    public int moments() {
        return 0;
    }

    @Override
    public void step(SparseRows gradient, float scale, float[][] moments, long step, GradientAccumulator pending) {
        float learningRate = (float) spec.learningRate(step);
        for (int i = 0; i < gradient.count(); i++) {
            if (i % RowPrefetch.ROWS == 0) {
                prefetch.readNext(pending.values(), gradient, i);
            }
            int row = gradient.row(i);
            pending.touch(row);
            stepRow(gradient.values(), i * width, scale * learningRate, pending.values(), row * width);
        }
    }

    private void stepRow(float[] gradient, int at, float factor, float[] pending, int from) {
        for (int j = 0; j < width; j++) {
            pending[from + j] += factor * gradient[at + j];
        }
    }
}

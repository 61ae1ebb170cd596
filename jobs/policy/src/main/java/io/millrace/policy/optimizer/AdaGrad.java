package io.millrace.policy.optimizer;

import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.RowPrefetch;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.spec.OptimizerSpec;

/**
 * AdaGrad with a diagonal matrix (Duchi, Hazan and Singer 2011, figure 1): G ← G + g², Δθ = η g / (√(G₀ + G) + ε).
 *
 * <p>An untouched element's gradient is 0, which would change neither G nor θ: touching few rows is exact.
 *
 * <p>One moment: G, without the initial accumulator G₀, so that it starts from zeros.
 */
final class AdaGrad implements Optimizer {

    private final OptimizerSpec spec;
    private final float epsilon;
    private final float initial;
    private final int width;
    private final RowPrefetch prefetch;

    AdaGrad(OptimizerSpec spec, int width) {
        this.spec = spec;
        this.epsilon = (float) spec.epsilon();
        this.initial = (float) spec.initialAccumulator();
        this.width = width;
        this.prefetch = new RowPrefetch(width);
    }

    @Override
    public int moments() {
        return 1;
    }

    @Override
    public void step(SparseRows gradient, float scale, float[][] moments, long step, GradientAccumulator pending) {
        float learningRate = (float) spec.learningRate(step);
        for (int i = 0; i < gradient.count(); i++) {
            if (i % RowPrefetch.ROWS == 0) {
                prefetch.readNext(moments[0], gradient, i);
                prefetch.readNext(pending.values(), gradient, i);
            }
            int row = gradient.row(i);
            pending.touch(row);
            stepRow(gradient.values(), i * width, scale, learningRate, moments[0], pending.values(), row * width);
        }
    }

    private void stepRow(
            float[] gradient, int at, float scale, float learningRate, float[] squares, float[] pending, int from) {
        for (int j = 0; j < width; j++) {
            float g = scale * gradient[at + j];
            float sum = squares[from + j] + g * g;
            squares[from + j] = sum;
            pending[from + j] += learningRate * g / ((float) Math.sqrt(initial + sum) + epsilon);
        }
    }
}

package io.millrace.policy.optimizer;

import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.spec.OptimizerSpec;

/** Stochastic gradient ascent: Δθ = η g (Robbins and Monro 1951). */
final class Sgd implements Optimizer {

    private final float learningRate;
    private final int width;

    Sgd(OptimizerSpec spec, int width) {
        this.learningRate = (float) spec.learningRate();
        this.width = width;
    }

    @Override
    public int moments() {
        return 0;
    }

    @Override
    public void step(
            GradientAccumulator gradient, float scale, float[][] moments, long step, GradientAccumulator pending) {
        for (int i = 0; i < gradient.touchedRows(); i++) {
            int row = gradient.touchedRow(i);
            pending.touch(row);
            stepRow(gradient.values(), scale * learningRate, pending.values(), row * width);
        }
    }

    private void stepRow(float[] gradient, float factor, float[] pending, int from) {
        for (int j = from; j < from + width; j++) {
            pending[j] += factor * gradient[j];
        }
    }
}

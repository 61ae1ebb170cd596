package io.millrace.policy.optimizer;

import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.RowPrefetch;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.spec.OptimizerSpec;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), lazy: the moments of a row decay only in steps whose gradient touches the row.
 *
 * <pre>m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  Δθ = η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε √(1 − β₂ᵗ))</pre>
 *
 * <p>With a gradient that touches every row in every step this is Adam to the letter. With a sparse one it differs in two
 * ways, as every lazy Adam does: an untouched row does not coast on its old momentum, and the bias correction counts the
 * steps t of the whole vector, not the touches of the row, so a row touched late starts with moments that are biased towards
 * zero (first by (1 − β₁) and √(1 − β₂): a first step of up to 3 η at the usual values).
 *
 * <p>Two moments: m, v.
 */
final class Adam implements Optimizer {

    private final OptimizerSpec spec;
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final int width;
    private final RowPrefetch prefetch;

    Adam(OptimizerSpec spec, int width) {
        this.spec = spec;
        this.beta1 = spec.beta1();
        this.beta2 = spec.beta2();
        this.epsilon = spec.epsilon();
        this.width = width;
        this.prefetch = new RowPrefetch(width);
    }

    @Override
    public int moments() {
        return 2;
    }

    @Override
    public void step(SparseRows gradient, float scale, float[][] moments, long step, GradientAccumulator pending) {
        double correction2 = Math.sqrt(1 - Math.pow(beta2, (double) step));
        float rate = (float) (spec.learningRate(step) * correction2 / (1 - Math.pow(beta1, (double) step)));
        float floor = (float) (epsilon * correction2);
        for (int i = 0; i < gradient.count(); i++) {
            if (i % RowPrefetch.ROWS == 0) {
                prefetch.readNext(moments[0], gradient, i);
                prefetch.readNext(moments[1], gradient, i);
                prefetch.readNext(pending.values(), gradient, i);
            }
            int row = gradient.row(i);
            pending.touch(row);
            int from = row * width;
            decayRow(gradient.values(), i * width, scale, moments[0], moments[1], from);
            stepRow(moments[0], moments[1], rate, floor, pending.values(), from);
        }
    }

    private void decayRow(float[] gradient, int at, float scale, float[] first, float[] second, int from) {
        float keep1 = (float) beta1;
        float keep2 = (float) beta2;
        float take1 = (float) (1 - beta1);
        float take2 = (float) (1 - beta2);
        for (int j = 0; j < width; j++) {
            float g = scale * gradient[at + j];
            first[from + j] = keep1 * first[from + j] + take1 * g;
            second[from + j] = keep2 * second[from + j] + take2 * g * g;
        }
    }

    private void stepRow(float[] first, float[] second, float rate, float floor, float[] pending, int from) {
        for (int j = from; j < from + width; j++) {
            pending[j] += rate * first[j] / ((float) Math.sqrt(second[j]) + floor);
        }
    }
}

package io.millrace.bench;

import io.millrace.neural.matrix.Matrix;
import io.millrace.neural.matrix.NativeFloats;
import io.millrace.neural.matrix.Products;
import java.util.SplittableRandom;

/** Just the matrix products of an mlp's pass over a batch, for the policy's and the value's stack of layers. */
final class MlpProducts {

    private static final int STACKS = 2;

    private final Matrix[] outputs = new Matrix[4];
    private final Matrix[] weights = new Matrix[3];
    private final Matrix[] weightGradients = new Matrix[3];
    private final Matrix[] slopes = new Matrix[4];

    MlpProducts(int hidden) {
        int[] widths = {MlpBenchmark.INPUTS, hidden, hidden, MlpBenchmark.ACTIONS};
        var random = new SplittableRandom(2);
        for (int l = 0; l < widths.length; l++) {
            outputs[l] = filled(MlpBenchmark.ROWS, widths[l], random);
            slopes[l] = filled(MlpBenchmark.ROWS, widths[l], random);
        }
        for (int l = 0; l < weights.length; l++) {
            weights[l] = filled(widths[l], widths[l + 1], random);
            weightGradients[l] = filled(widths[l], widths[l + 1], random);
        }
    }

    void forward() {
        for (int stack = 0; stack < STACKS; stack++) {
            for (int l = 0; l < weights.length; l++) {
                Products.multiply(outputs[l], weights[l], 0, outputs[l + 1]);
            }
        }
    }

    void backward() {
        for (int stack = 0; stack < STACKS; stack++) {
            for (int l = weights.length - 1; l >= 0; l--) {
                Products.multiplyTransposedA(outputs[l], slopes[l + 1], 0, weightGradients[l]);
                if (l > 0) {
                    Products.multiplyTransposedB(slopes[l + 1], weights[l], 0, slopes[l]);
                }
            }
        }
    }

    private static Matrix filled(int rows, int columns, SplittableRandom random) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            // Small, so that repeated products stay finite.
            values[i] = (float) random.nextDouble(-0.01, 0.01);
        }
        Matrix matrix = new NativeFloats().matrix(rows, columns);
        matrix.write(values, 0);
        return matrix;
    }
}

package io.millrace.bench;

import io.millrace.neural.matrix.Matrix;
import io.millrace.neural.matrix.NativeFloats;
import io.millrace.neural.matrix.Products;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.ParameterLayout.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every product of matrices in the gradient of one batch of a seq2seq, of the same sizes, in blocks of as many rows. */
public final class Seq2SeqProducts {

    /** As the policy's own blocks. */
    private static final int BLOCK_ROWS = 768;

    /** y = x w and its two gradients: dw = xᵀ y, dx = y wᵀ. */
    private record Projection(Matrix x, Matrix w, Matrix y, Matrix dw, Matrix dx) {}

    private final int blocks;
    private final List<Projection> projections = new ArrayList<>();

    /**
     * @param inputRows rows of all input sequences
     * @param outputRows rows of all output sequences
     */
    Seq2SeqProducts(ParameterLayout layout, int inputRows, int outputRows) {
        blocks = Math.max(1, Math.round((float) outputRows / BLOCK_ROWS));
        for (Tensor tensor : layout.tensors()) {
            if (isMatrix(tensor.name())) {
                boolean ofInput =
                        tensor.name().startsWith("encoder") || tensor.name().endsWith("memory");
                int rows = (ofInput ? inputRows : outputRows) / blocks;
                projections.add(new Projection(
                        ones(rows, tensor.rows()),
                        ones(tensor.rows(), tensor.columns()),
                        ones(rows, tensor.columns()),
                        ones(tensor.rows(), tensor.columns()),
                        ones(rows, tensor.rows())));
            }
        }
    }

    private static boolean isMatrix(String name) {
        return !name.endsWith("bias") && !name.endsWith("tokens") && !name.endsWith("positions");
    }

    private static Matrix ones(int rows, int columns) {
        var floats = new NativeFloats();
        floats.reserve((long) rows * columns);
        Matrix matrix = new Matrix(floats, 0, rows, columns);
        float[] values = new float[rows * columns];
        Arrays.fill(values, 0.01f);
        matrix.write(values, 0);
        return matrix;
    }

    void score() {
        for (int block = 0; block < blocks; block++) {
            for (Projection projection : projections) {
                Products.multiply(projection.x, projection.w, 0, projection.y);
            }
        }
    }

    void gradient() {
        for (int block = 0; block < blocks; block++) {
            for (Projection projection : projections) {
                Products.multiply(projection.x, projection.w, 0, projection.y);
                Products.multiplyTransposedA(projection.x, projection.y, 1, projection.dw);
                Products.multiplyTransposedB(projection.y, projection.w, 0, projection.dx);
            }
        }
    }
}

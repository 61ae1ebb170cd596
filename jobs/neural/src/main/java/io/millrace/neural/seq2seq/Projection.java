package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Matrix;
import io.millrace.neural.matrix.NativeFloats;
import io.millrace.neural.matrix.Products;

/** y = x w for all rows of a block, and its gradient: dw = xᵀ dy, dx = dy wᵀ. Remembers x between the two. */
final class Projection {

    private final int in;
    private final int out;
    private final NativeWeights weights;
    private final Matrix w;
    private final Matrix dw;
    private final NativeFloats inputs = new NativeFloats();

    /** @param tensor w [in × out] */
    Projection(Tensor tensor, NativeWeights weights) {
        this.in = tensor.rows();
        this.out = tensor.columns();
        this.weights = weights;
        this.w = weights.weights(tensor);
        this.dw = weights.gradients(tensor);
    }

    /** Writes y [rows × out], of x [rows × in]. */
    void forward(float[] x, int rows, float[] y) {
        Matrix given = matrix(inputs, rows, in);
        given.write(x, 0);
        Matrix product = matrix(weights.outputs, rows, out);
        Products.multiply(given, w, 0, product);
        product.read(y, 0);
    }

    /** Adds to dw, and writes dx [rows × in], of dy [rows × out]; for the x of the last {@link #forward}. */
    void backward(float[] dy, int rows, float[] dx) {
        Matrix slope = matrix(weights.outputs, rows, out);
        slope.write(dy, 0);
        Products.multiplyTransposedA(matrix(inputs, rows, in), slope, 1, dw);
        Matrix product = matrix(weights.inputSlopes, rows, in);
        Products.multiplyTransposedB(slope, w, 0, product);
        product.read(dx, 0);
    }

    private static Matrix matrix(NativeFloats floats, int rows, int columns) {
        floats.reserve((long) rows * columns);
        return new Matrix(floats, 0, rows, columns);
    }
}

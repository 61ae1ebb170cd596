package io.millrace.neural.mlp;

import io.millrace.neural.matrix.Matrix;
import io.millrace.neural.matrix.NativeFloats;
import io.millrace.neural.matrix.Products;

/** A linear layer at the end, over many rows at once. One thread. */
final class Head {

    private final Layer layer;
    private final NativeFloats sums = new NativeFloats();
    private float[] onHeap = new float[0];

    Head(Layer layer) {
        this.layer = layer;
    }

    /** The sums [rows × outputs]; the array is this head's own, and {@link #backward} reads slopes from it. */
    float[] forward(NativeTheta theta, Matrix x) {
        onHeap = HiddenLayers.room(onHeap, x.rows() * layer.outputs());
        Matrix y = sums.matrix(x.rows(), layer.outputs());
        Products.multiply(x, theta.weights(layer), 0, y);
        y.read(onHeap, 0);
        theta.addBias(layer, onHeap, x.rows());
        return onHeap;
    }

    /** Adds the gradient, from slopes with respect to the sums, which stand where {@link #forward} wrote those. */
    void backward(NativeTheta theta, Matrix x, float[] gradient) {
        Matrix slopes = slopes(x.rows());
        slopes.write(onHeap, 0);
        theta.addGradient(layer, x, slopes, onHeap, gradient);
    }

    /** inputSlopes ← δ Wᵀ + β inputSlopes, after {@link #backward}. */
    void inputSlopes(NativeTheta theta, float beta, Matrix inputSlopes) {
        Products.multiplyTransposedB(slopes(inputSlopes.rows()), theta.weights(layer), beta, inputSlopes);
    }

    private Matrix slopes(int rows) {
        return new Matrix(sums, 0, rows, layer.outputs());
    }
}

package io.millrace.neural.mlp;

import io.millrace.neural.matrix.Matrix;
import io.millrace.neural.matrix.NativeFloats;
import io.millrace.neural.matrix.Products;

/** θ in native memory for the products, and the way of their gradients back to the heap. One thread. */
final class NativeTheta {

    private final NativeFloats parameters = new NativeFloats();
    private final NativeFloats sums = new NativeFloats();
    private float[] theta = new float[0];

    /** Takes over θ, which is not to change until the next call. */
    void load(float[] values) {
        theta = values;
        parameters.reserve(values.length);
        parameters.write(values, 0, 0, values.length);
    }

    Matrix weights(Layer layer) {
        return new Matrix(parameters, layer.weightAt(), layer.inputs(), layer.outputs());
    }

    /** Adds the biases of a layer to each of {@code rows} rows of sums. */
    void addBias(Layer layer, float[] into, int rows) {
        int width = layer.outputs();
        int bias = layer.biasAt();
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++) {
                into[row + j] += theta[bias + j];
            }
        }
    }

    /**
     * Adds ∂W = xᵀ δ and ∂b = Σ δ.
     *
     * @param x [rows × inputs]
     * @param delta δ [rows × outputs], the slopes with respect to the layer's sums
     * @param deltaOnHeap the same
     * @param gradient as long as θ
     */
    void addGradient(Layer layer, Matrix x, Matrix delta, float[] deltaOnHeap, float[] gradient) {
        // There and back is cheaper than a sum apart that would be added here.
        Matrix weights = sums.matrix(layer.inputs(), layer.outputs());
        weights.write(gradient, layer.weightAt());
        Products.multiplyTransposedA(x, delta, 1, weights);
        weights.read(gradient, layer.weightAt());
        int width = layer.outputs();
        int bias = layer.biasAt();
        for (int i = 0; i < x.rows(); i++) {
            int row = i * width;
            for (int j = 0; j < width; j++) {
                gradient[bias + j] += deltaOnHeap[row + j];
            }
        }
    }
}

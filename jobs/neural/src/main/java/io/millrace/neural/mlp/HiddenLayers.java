package io.millrace.neural.mlp;

import io.millrace.neural.matrix.Matrix;
import io.millrace.neural.matrix.NativeFloats;
import io.millrace.neural.matrix.Products;
import java.util.List;

/**
 * A stack of hidden layers over many rows at once: products in native memory, the rest on the heap, where loops are faster
 * than ND4J's operations. Keeps what its forward pass computed for the backward pass. One thread.
 */
final class HiddenLayers {

    private final List<Layer> layers;
    private final Activation activation;
    private final NativeFloats[] outputs;
    private final float[][] outputsOnHeap;
    private final NativeFloats inputDelta = new NativeFloats();
    private float[] delta = new float[0];

    HiddenLayers(List<Layer> layers, Activation activation) {
        this.layers = layers;
        this.activation = activation;
        this.outputs = new NativeFloats[layers.size()];
        this.outputsOnHeap = new float[layers.size()][];
        for (int l = 0; l < outputs.length; l++) {
            outputs[l] = new NativeFloats();
            outputsOnHeap[l] = new float[0];
        }
    }

    /** The outputs of the last layer; of no layers, the input. */
    Matrix forward(NativeTheta theta, Matrix input) {
        Matrix x = input;
        int rows = input.rows();
        for (int l = 0; l < outputs.length; l++) {
            Layer layer = layers.get(l);
            int count = rows * layer.outputs();
            outputsOnHeap[l] = room(outputsOnHeap[l], count);
            Matrix y = outputs[l].matrix(rows, layer.outputs());
            Products.multiply(x, theta.weights(layer), 0, y);
            y.read(outputsOnHeap[l], 0);
            theta.addBias(layer, outputsOnHeap[l], rows);
            activation.apply(outputsOnHeap[l], 0, count);
            y.write(outputsOnHeap[l], 0);
            x = y;
        }
        return x;
    }

    /**
     * Adds the gradient of all layers.
     *
     * @param last slopes with respect to the outputs of the last layer [rows × outputs]; overwritten
     */
    void backward(NativeTheta theta, Matrix input, Matrix last, float[] gradient) {
        Matrix slopes = last;
        int rows = input.rows();
        for (int l = outputs.length - 1; l >= 0; l--) {
            Layer layer = layers.get(l);
            int count = rows * layer.outputs();
            delta = room(delta, count);
            slopes.read(delta, 0);
            activation.multiplySlope(outputsOnHeap[l], count, delta);
            slopes.write(delta, 0);
            Matrix x = l == 0 ? input : new Matrix(outputs[l - 1], 0, rows, layer.inputs());
            theta.addGradient(layer, x, slopes, delta, gradient);
            if (l > 0) {
                // Two memories in turn: a product must not overwrite its operand.
                NativeFloats free = slopes.floats() == inputDelta ? last.floats() : inputDelta;
                Matrix before = free.matrix(rows, layer.inputs());
                Products.multiplyTransposedB(slopes, theta.weights(layer), 0, before);
                slopes = before;
            }
        }
    }

    static float[] room(float[] array, int count) {
        return array.length < count ? new float[Math.max(count, array.length + array.length / 2)] : array;
    }
}

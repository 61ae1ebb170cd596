package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Matrix;
import io.millrace.neural.matrix.NativeFloats;
import io.millrace.policy.parameters.GradientAccumulator;
import java.util.Arrays;

/** θ and the gradient of its matrices in native memory, and the scratch space that all projections share. */
final class NativeWeights {

    private final int size;
    private final NativeFloats theta = new NativeFloats();
    private final NativeFloats gradient = new NativeFloats();
    private final float[] copy;
    final NativeFloats outputs = new NativeFloats();
    final NativeFloats inputSlopes = new NativeFloats();

    /** @param size number of floats in θ */
    NativeWeights(int size) {
        this.size = size;
        this.copy = new float[size];
        theta.reserve(size);
        gradient.reserve(size);
    }

    /** A tensor of θ. */
    Matrix weights(Tensor tensor) {
        return new Matrix(theta, tensor.offset(), tensor.rows(), tensor.columns());
    }

    /** The gradient of a tensor of θ. */
    Matrix gradients(Tensor tensor) {
        return new Matrix(gradient, tensor.offset(), tensor.rows(), tensor.columns());
    }

    void load(float[] values) {
        theta.write(values, 0, 0, size);
    }

    void clearGradient() {
        Arrays.fill(copy, 0f);
        gradient.write(copy, 0, 0, size);
    }

    /** Fetches the gradient of all matrices; {@link #addTo} then adds each to where it belongs. */
    void fetchGradient() {
        gradient.read(0, copy, 0, size);
    }

    /** Adds the fetched gradient of a tensor to {@code out}. */
    void addTo(Tensor tensor, GradientAccumulator out) {
        float[] values = out.values();
        for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
            values[i] += copy[i];
        }
        tensor.touch(out);
    }
}

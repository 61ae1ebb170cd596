package io.millrace.neural.seq2seq;

import io.millrace.policy.parameters.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The tensors of θ, each beginning at a multiple of the row width, which is the model's width: the row of an embedding is
 * a row of the layout, so that a gradient touches only the tokens that it saw.
 */
final class Tensors {

    private final int width;
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Double> scales = new ArrayList<>();
    private int size;

    Tensors(int width) {
        this.width = width;
    }

    /** Appends a matrix whose elements start uniform with standard deviation {@code scale}. */
    Tensor add(String name, int rows, int columns, double scale) {
        int used = Math.multiplyExact(rows, columns);
        int taken = Math.multiplyExact((used + width - 1) / width, width);
        var tensor = new Tensor(name, size, rows, columns, taken);
        tensors.add(tensor);
        scales.add(scale);
        size = Math.addExact(size, taken);
        return tensor;
    }

    ParameterLayout layout() {
        return new ParameterLayout(tensors.stream().map(this::inLayout).toList(), width);
    }

    /** A tensor with unused places at its end is a single row to the layout. */
    private ParameterLayout.Tensor inLayout(Tensor tensor) {
        boolean full = tensor.size() == tensor.rows() * tensor.columns();
        return full
                ? new ParameterLayout.Tensor(tensor.name(), tensor.rows(), tensor.columns())
                : new ParameterLayout.Tensor(tensor.name(), 1, tensor.size());
    }

    /** Fills {@code theta} with random numbers; unused places are 0. */
    void initialize(float[] theta, long seed) {
        var random = new SplittableRandom(seed);
        for (int t = 0; t < tensors.size(); t++) {
            Tensor tensor = tensors.get(t);
            double bound = Math.sqrt(3) * scales.get(t);
            int used = tensor.rows() * tensor.columns();
            for (int i = 0; i < tensor.size(); i++) {
                theta[tensor.offset() + i] = i < used ? (float) (bound * (2 * random.nextDouble() - 1)) : 0f;
            }
        }
    }
}

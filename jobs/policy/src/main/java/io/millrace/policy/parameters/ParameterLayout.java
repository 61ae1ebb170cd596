package io.millrace.policy.parameters;

import java.util.List;

/**
 * Where each tensor of a policy lies in the flat vector θ, and the row in which sparse updates come.
 *
 * @param tensors the tensors, in order, without gaps
 * @param rowWidth floats in a row, the unit of sparsity; divides the size
 */
public record ParameterLayout(List<Tensor> tensors, int rowWidth) {

    /** A named tensor [rows × columns], row-major. */
    public record Tensor(String name, int rows, int columns) {
        public Tensor {
            if (name.isBlank() || rows < 1 || columns < 1) {
                throw new IllegalArgumentException("tensor: expected a name and at least one row and column, found "
                        + name + " [" + rows + " × " + columns + "]");
            }
        }

        public int size() {
            return Math.multiplyExact(rows, columns);
        }
    }

    public ParameterLayout {
        tensors = List.copyOf(tensors);
        int size = 0;
        for (Tensor tensor : tensors) {
            size = Math.addExact(size, tensor.size());
        }
        if (size == 0 || rowWidth < 1 || size % rowWidth != 0) {
            throw new IllegalArgumentException(
                    "layout: expected a row width that divides the size " + size + ", found " + rowWidth);
        }
    }

    /** A single tensor whose rows are the unit of sparsity. */
    public static ParameterLayout of(String name, int rows, int columns) {
        return new ParameterLayout(List.of(new Tensor(name, rows, columns)), columns);
    }

    /** Number of floats in θ. */
    public int size() {
        int size = 0;
        for (Tensor tensor : tensors) {
            size += tensor.size();
        }
        return size;
    }

    /** Number of rows of {@code rowWidth} floats in θ. */
    public int rows() {
        return size() / rowWidth;
    }
}

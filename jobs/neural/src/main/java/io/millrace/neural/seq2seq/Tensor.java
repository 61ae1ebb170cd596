package io.millrace.neural.seq2seq;

import io.millrace.policy.parameters.GradientAccumulator;

/**
 * A tensor's place in θ.
 *
 * @param offset of its first element
 * @param rows of the matrix
 * @param columns of the matrix
 * @param size floats taken, a multiple of the layout's row width; a few at the end may be unused
 */
record Tensor(String name, int offset, int rows, int columns, int size) {

    /** Marks all rows of the layout that the tensor lies in. */
    void touch(GradientAccumulator out) {
        int width = out.layout().rowWidth();
        for (int row = offset / width; row < (offset + size) / width; row++) {
            out.touch(row);
        }
    }
}

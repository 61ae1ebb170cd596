package io.millrace.policy.safetensors;

import java.util.List;

/**
 * What a header says of one tensor.
 *
 * @param dtype name of the element type, such as F32
 * @param shape length of every dimension, outermost first; empty: a scalar
 * @param begin first byte of its values, counted from the end of the header
 * @param end byte after its last
 */
record TensorEntry(String name, String dtype, List<Long> shape, long begin, long end) {

    /** The one element type of Millrace's parameters: IEEE-754 binary32, little-endian. */
    static final String F32 = "F32";

    TensorEntry {
        shape = List.copyOf(shape);
    }

    /**
     * Bytes of a tensor of float32 of this shape.
     *
     * @throws TensorFileException when there is no such number
     */
    long bytesOfFloats() {
        try {
            long elements = 1;
            for (long dimension : shape) {
                elements = Math.multiplyExact(elements, dimension);
            }
            return Math.multiplyExact(elements, Float.BYTES);
        } catch (ArithmeticException e) {
            throw TensorFileException.of(
                    "shape of '" + name + "'", "a number of bytes below 2^63", "the shape " + shape);
        }
    }
}

package io.millrace.neural.seq2seq;

import java.util.Arrays;

/** An array on the heap that is written anew for every block; what it held is lost when it has to grow. */
final class Scratch {

    private float[] values = new float[0];

    /** The array, of at least {@code length} floats that hold anything. */
    float[] of(int length) {
        if (values.length < length) {
            values = new float[Math.max(length, values.length + values.length / 2)];
        }
        return values;
    }

    /** The array, with zeros in its first {@code length} places. */
    float[] zeros(int length) {
        float[] array = of(length);
        Arrays.fill(array, 0, length, 0f);
        return array;
    }

    /** The array as {@link #of} last gave it. */
    float[] values() {
        return values;
    }
}

package io.millrace.bench;

import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.SparseRows;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/** Vectors and gradients of the size that the learner meets. */
final class Vectors {

    /** Rows that a step of a busy pronunciation learner touches. */
    static final int TOUCHED_ROWS = 18_000;

    /** θ of such a learner: [131,072 × 49]. */
    static final ParameterLayout LAYOUT = ParameterLayout.of("weights", 1 << 17, 49);

    private Vectors() {}

    /** A vector of the layout without zeros to speak of, each value from −{@code bound} to {@code bound}. */
    static float[] dense(ParameterLayout layout, float bound, RandomGenerator random) {
        return values(layout.size(), bound, random);
    }

    /** {@link #TOUCHED_ROWS} random rows of {@link #LAYOUT}, each value from −{@code bound} to {@code bound}. */
    static SparseRows sparse(float bound, RandomGenerator random) {
        BitSet touched = new BitSet(LAYOUT.rows());
        for (int count = 0; count < TOUCHED_ROWS; ) {
            int row = random.nextInt(LAYOUT.rows());
            if (!touched.get(row)) {
                touched.set(row);
                count++;
            }
        }
        int[] rows = touched.stream().toArray();
        return new SparseRows(LAYOUT.rowWidth(), rows, values(rows.length * LAYOUT.rowWidth(), bound, random));
    }

    private static float[] values(int count, float bound, RandomGenerator random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = bound * (2 * random.nextFloat() - 1);
        }
        return values;
    }
}

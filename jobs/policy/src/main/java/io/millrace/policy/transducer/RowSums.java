package io.millrace.policy.transducer;

import io.millrace.policy.parameters.GradientAccumulator;

/**
 * Rows of θ and of its gradient, read and added to. Reads take four rows a pass: one loop's worth of overhead instead of
 * four.
 */
final class RowSums {

    private RowSums() {}

    /** Writes Σ_f θ[row f] to {@code out}, over the {@code count} rows listed from {@code at} on. */
    static void sum(float[] theta, int width, int[] rows, int at, int count, float[] out) {
        int f = count % 4;
        if (f == 0) {
            assignFour(theta, width, rows, at, out);
            f = 4;
        } else {
            System.arraycopy(theta, rows[at] * width, out, 0, width);
            for (int k = 1; k < f; k++) {
                addOne(theta, width, rows[at + k] * width, out);
            }
        }
        for (; f < count; f += 4) {
            addFour(theta, width, rows, at + f, out);
        }
    }

    /** Adds {@code slope} to each of the {@code count} rows listed from {@code at} on. */
    static void addToEach(float[] slope, int width, int[] rows, int at, int count, GradientAccumulator out) {
        float[] values = out.values();
        for (int f = at; f < at + count; f++) {
            out.touch(rows[f]);
            addTo(slope, width, values, rows[f] * width);
        }
    }

    private static void addTo(float[] slope, int width, float[] values, int base) {
        for (int j = 0; j < width; j++) {
            values[base + j] += slope[j];
        }
    }

    private static void addOne(float[] theta, int width, int base, float[] out) {
        for (int j = 0; j < width; j++) {
            out[j] += theta[base + j];
        }
    }

    private static void assignFour(float[] theta, int width, int[] rows, int at, float[] out) {
        int a = rows[at] * width;
        int b = rows[at + 1] * width;
        int c = rows[at + 2] * width;
        int d = rows[at + 3] * width;
        for (int j = 0; j < width; j++) {
            out[j] = theta[a + j] + theta[b + j] + (theta[c + j] + theta[d + j]);
        }
    }

    private static void addFour(float[] theta, int width, int[] rows, int at, float[] out) {
        int a = rows[at] * width;
        int b = rows[at + 1] * width;
        int c = rows[at + 2] * width;
        int d = rows[at + 3] * width;
        for (int j = 0; j < width; j++) {
            out[j] += theta[a + j] + theta[b + j] + (theta[c + j] + theta[d + j]);
        }
    }
}

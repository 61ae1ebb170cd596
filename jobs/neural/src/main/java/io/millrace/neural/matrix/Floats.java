package io.millrace.neural.matrix;

import java.util.Arrays;

/** Loops over rows of floats. Sums run over four accumulators: the processor need not wait for one addition to begin the next. */
public final class Floats {

    private Floats() {}

    /** Σ a_i b_i over {@code n} elements. */
    public static float dot(float[] a, int aAt, float[] b, int bAt, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 += a[aAt + i] * b[bAt + i];
            s1 += a[aAt + i + 1] * b[bAt + i + 1];
            s2 += a[aAt + i + 2] * b[bAt + i + 2];
            s3 += a[aAt + i + 3] * b[bAt + i + 3];
        }
        for (; i < n; i++) {
            s0 += a[aAt + i] * b[bAt + i];
        }
        return s0 + s1 + (s2 + s3);
    }

    /** y += f x over {@code n} elements. */
    public static void addScaled(float factor, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] += factor * x[xAt + i];
        }
    }

    /** y += x over the first {@code n} elements. */
    public static void add(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] += x[i];
        }
    }

    /** x ← max(0, x)² over {@code n} elements. */
    public static void squareRectify(float[] x, int at, int n) {
        for (int i = at; i < at + n; i++) {
            float positive = Math.max(0, x[i]);
            x[i] = positive * positive;
        }
    }

    /** Writes y = x w for one row x [in] and w [in × out] at {@code wAt}. */
    public static void multiply(float[] x, int xAt, float[] w, int wAt, int in, int out, float[] y, int yAt) {
        Arrays.fill(y, yAt, yAt + out, 0);
        addProduct(x, xAt, w, wAt, in, out, y, yAt);
    }

    /** y += x w for one row x [in] and w [in × out] at {@code wAt}. */
    public static void addProduct(float[] x, int xAt, float[] w, int wAt, int in, int out, float[] y, int yAt) {
        int i = 0;
        for (; i + 3 < in; i += 4) {
            float x0 = x[xAt + i];
            float x1 = x[xAt + i + 1];
            float x2 = x[xAt + i + 2];
            float x3 = x[xAt + i + 3];
            int r0 = wAt + i * out;
            int r1 = r0 + out;
            int r2 = r1 + out;
            int r3 = r2 + out;
            for (int j = 0; j < out; j++) {
                y[yAt + j] += x0 * w[r0 + j] + x1 * w[r1 + j] + (x2 * w[r2 + j] + x3 * w[r3 + j]);
            }
        }
        for (; i < in; i++) {
            addScaled(x[xAt + i], w, wAt + i * out, y, yAt, out);
        }
    }
}

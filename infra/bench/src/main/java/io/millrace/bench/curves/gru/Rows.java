package io.millrace.bench.curves.gru;

/** Products of rows and row-major matrices, each added to what is there. */
final class Rows {

    private Rows() {}

    /** y [n] += x [k] W [k × n]. */
    static void addProduct(float[] x, int xAt, float[] w, int wAt, int k, int n, float[] y, int yAt) {
        int i = 0;
        for (; i + 3 < k; i += 4) {
            float x0 = x[xAt + i];
            float x1 = x[xAt + i + 1];
            float x2 = x[xAt + i + 2];
            float x3 = x[xAt + i + 3];
            int r = wAt + i * n;
            for (int j = 0; j < n; j++) {
                y[yAt + j] += x0 * w[r + j] + x1 * w[r + n + j] + (x2 * w[r + 2 * n + j] + x3 * w[r + 3 * n + j]);
            }
        }
        for (; i < k; i++) {
            addScaled(x[xAt + i], w, wAt + i * n, y, yAt, n);
        }
    }

    /** The gradient of {@link #addProduct}: dW += xᵀ dy, dx += dy Wᵀ. */
    static void addBackward(
            float[] x,
            int xAt,
            float[] w,
            int wAt,
            int k,
            int n,
            float[] dy,
            int dyAt,
            float[] dw,
            float[] dx,
            int dxAt) {
        for (int i = 0; i < k; i++) {
            int row = wAt + i * n;
            addScaled(x[xAt + i], dy, dyAt, dw, row, n);
            dx[dxAt + i] += dot(dy, dyAt, w, row, n);
        }
    }

    /** y += f x over {@code n} elements. */
    static void addScaled(float f, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] += f * x[xAt + i];
        }
    }

    /** Σ a_i b_i over {@code n} elements, in four sums side by side. */
    static float dot(float[] a, int aAt, float[] b, int bAt, int n) {
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
}

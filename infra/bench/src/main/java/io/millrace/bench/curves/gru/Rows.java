package io.millrace.bench.curves.gru;

import io.millrace.neural.matrix.Floats;

/** What {@link Floats#addProduct} has for a gradient. */
final class Rows {

    private Rows() {}

    /** For one row x [k] and W [k × n]: dW += xᵀ dy, dx += dy Wᵀ. */
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
            Floats.addScaled(x[xAt + i], dy, dyAt, dw, row, n);
            dx[dxAt + i] += Floats.dot(dy, dyAt, w, row, n);
        }
    }
}

package io.millrace.bench.curves.gru;

import io.millrace.neural.matrix.Floats;

/**
 * A gated recurrent unit (Cho et al. 2014, section 2.3, the reset gate after the product):
 *
 * <pre>
 * z = σ(x W_z + h U_z + b_z)    r = σ(x W_r + h U_r + b_r)    a = h U_n
 * n = tanh(x W_n + b_n + r a)   h' = (1 − z) n + z h
 * </pre>
 *
 * <p>θ holds W [in × 3 hidden], U [hidden × 3 hidden] and b [3 hidden] from {@code at} on, the gates side by side.
 */
record GruCell(int in, int hidden, int at) {

    int size() {
        return (in + hidden + 1) * 3 * hidden;
    }

    /** Floats that a step leaves for its backward pass. */
    int tape() {
        return 4 * hidden;
    }

    private int recurrent() {
        return at + in * 3 * hidden;
    }

    private int bias() {
        return recurrent() + hidden * 3 * hidden;
    }

    /** Writes h' to {@code next}; z, r, n and a to {@code tape}. */
    void forward(float[] theta, float[] x, int xAt, float[] h, int hAt, float[] next, int nextAt, float[] tape, int t) {
        int width = 3 * hidden;
        float[] given = new float[width];
        float[] recalled = new float[width];
        System.arraycopy(theta, bias(), given, 0, width);
        Floats.addProduct(x, xAt, theta, at, in, width, given, 0);
        Floats.addProduct(h, hAt, theta, recurrent(), hidden, width, recalled, 0);
        for (int i = 0; i < hidden; i++) {
            float z = sigmoid(given[i] + recalled[i]);
            float r = sigmoid(given[hidden + i] + recalled[hidden + i]);
            float a = recalled[2 * hidden + i];
            float n = (float) Math.tanh(given[2 * hidden + i] + r * a);
            tape[t + i] = z;
            tape[t + hidden + i] = r;
            tape[t + 2 * hidden + i] = n;
            tape[t + 3 * hidden + i] = a;
            next[nextAt + i] = (1 - z) * n + z * h[hAt + i];
        }
    }

    /** Adds the gradient of {@link #forward} to that of θ, to dx and to dh, of the slope dh' in {@code slope}. */
    void addBackward(
            float[] theta,
            float[] x,
            int xAt,
            float[] h,
            int hAt,
            float[] tape,
            int t,
            float[] slope,
            int slopeAt,
            float[] gradient,
            float[] dx,
            int dxAt,
            float[] dh,
            int dhAt) {
        int width = 3 * hidden;
        float[] given = new float[width];
        float[] recalled = new float[width];
        for (int i = 0; i < hidden; i++) {
            float z = tape[t + i];
            float r = tape[t + hidden + i];
            float n = tape[t + 2 * hidden + i];
            float d = slope[slopeAt + i];
            given[i] = d * (h[hAt + i] - n) * z * (1 - z);
            float candidate = d * (1 - z) * (1 - n * n);
            given[hidden + i] = candidate * tape[t + 3 * hidden + i] * r * (1 - r);
            given[2 * hidden + i] = candidate;
            recalled[2 * hidden + i] = candidate * r;
            dh[dhAt + i] += d * z;
        }
        System.arraycopy(given, 0, recalled, 0, 2 * hidden);
        Floats.addScaled(1, given, 0, gradient, bias(), width);
        Rows.addBackward(x, xAt, theta, at, in, width, given, 0, gradient, dx, dxAt);
        Rows.addBackward(h, hAt, theta, recurrent(), hidden, width, recalled, 0, gradient, dh, dhAt);
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }
}

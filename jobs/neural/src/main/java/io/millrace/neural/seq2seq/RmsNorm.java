package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;

/**
 * y = x / √(mean x² + ε), row by row (Zhang and Sennrich 2019, equation 4), without a gain: the matrix that follows has one
 * for every row already.
 */
final class RmsNorm {

    private static final float EPSILON = 1e-5f;

    private final int width;
    private final Scratch normalized = new Scratch();
    private final Scratch factors = new Scratch();

    RmsNorm(int width) {
        this.width = width;
    }

    /** y [rows × width], of x [rows × width]; valid until the next call. */
    float[] forward(float[] x, int rows) {
        float[] y = normalized.of(rows * width);
        float[] factor = factors.of(rows);
        for (int row = 0; row < rows; row++) {
            factor[row] = normalize(x, row * width, width, y, row * width);
        }
        return y;
    }

    /** Adds to dx, of dy: dx += (dy − y mean(y dy)) / √(mean x² + ε). */
    void addBackward(float[] dy, int rows, float[] dx) {
        float[] y = normalized.values();
        float[] factor = factors.values();
        for (int row = 0; row < rows; row++) {
            int at = row * width;
            float mean = Floats.dot(y, at, dy, at, width) / width;
            float scale = factor[row];
            for (int i = at; i < at + width; i++) {
                dx[i] += scale * (dy[i] - y[i] * mean);
            }
        }
    }

    /** Writes one normalized row; answers with the factor that it was multiplied by. */
    static float normalize(float[] x, int at, int width, float[] y, int to) {
        float factor = (float) (1 / Math.sqrt(Floats.dot(x, at, x, at, width) / width + EPSILON));
        for (int i = 0; i < width; i++) {
            y[to + i] = factor * x[at + i];
        }
        return factor;
    }
}

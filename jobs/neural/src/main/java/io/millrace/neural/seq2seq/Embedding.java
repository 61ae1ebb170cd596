package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;
import io.millrace.policy.parameters.GradientAccumulator;

/** x = token's row + position's row. */
final class Embedding {

    private final int width;
    private final int tokens;
    private final int positions;

    Embedding(Tensor tokens, Tensor positions) {
        this.width = tokens.columns();
        this.tokens = tokens.offset();
        this.positions = positions.offset();
    }

    void write(float[] theta, int token, int position, float[] x, int at) {
        int t = tokens + token * width;
        int p = positions + position * width;
        for (int i = 0; i < width; i++) {
            x[at + i] = theta[t + i] + theta[p + i];
        }
    }

    void addBackward(float[] dx, int at, int token, int position, GradientAccumulator gradient) {
        add(dx, at, tokens / width + token, gradient);
        add(dx, at, positions / width + position, gradient);
    }

    private void add(float[] dx, int at, int row, GradientAccumulator gradient) {
        gradient.touch(row);
        Floats.addScaled(1, dx, at, gradient.values(), row * width, width);
    }
}

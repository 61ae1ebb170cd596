package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;

/** {@link FeedForward} row by row: for generating one output. */
final class FeedForwardRows {

    private final int width;
    private final int hidden;
    private final FeedForwardTensors tensors;
    private final float[] row;
    private final float[] active;

    FeedForwardRows(FeedForwardTensors tensors) {
        this.width = tensors.out().columns();
        this.hidden = tensors.out().rows();
        this.tensors = tensors;
        this.row = new float[width];
        this.active = new float[hidden];
    }

    /** Changes the x from {@code at} on in place. */
    void apply(float[] theta, float[] x, int at) {
        RmsNorm.normalize(x, at, width, row, 0);
        Floats.multiply(row, 0, theta, tensors.in().offset(), width, hidden, active, 0);
        Floats.squareRectify(active, 0, hidden);
        Floats.multiply(active, 0, theta, tensors.out().offset(), hidden, width, row, 0);
        Floats.addScaled(1, row, 0, x, at, width);
    }
}

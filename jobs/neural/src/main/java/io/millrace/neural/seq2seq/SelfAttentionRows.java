package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;

/** {@link SelfAttention} row by row, with the keys and values of earlier rows kept: for generating one output. */
final class SelfAttentionRows {

    private final int width;
    private final SelfAttentionTensors tensors;
    private final AttentionHeads heads;
    private final Triple cache;
    private final Columns attended;
    private final float[] row;
    private final float[] probabilities;

    /** @param rows most rows of a sequence */
    SelfAttentionRows(SelfAttentionTensors tensors, int heads, int rows) {
        this.width = tensors.out().columns();
        this.tensors = tensors;
        this.heads = new AttentionHeads(width, heads, tensors.bias());
        float[] qkv = new float[rows * 3 * width];
        this.cache = new Triple(
                new Columns(qkv, 3 * width, 0),
                new Columns(qkv, 3 * width, width),
                new Columns(qkv, 3 * width, 2 * width));
        this.attended = new Columns(new float[rows * width], width, 0);
        this.row = new float[width];
        this.probabilities = new float[this.heads.probabilities(rows)];
    }

    /** Keeps query, key and value of row {@code i}, of its x from {@code at} on. */
    void remember(float[] theta, float[] x, int at, int i) {
        RmsNorm.normalize(x, at, width, row, 0);
        Floats.multiply(
                row,
                0,
                theta,
                tensors.in().offset(),
                width,
                3 * width,
                cache.q().values(),
                cache.q().at(i));
    }

    /** Adds to the x of row {@code i} what it draws from rows [0, count). */
    void attend(float[] theta, float[] x, int at, int i, int count) {
        heads.attend(theta, cache, i, i, 0, count, probabilities, 0, attended);
        Floats.multiply(attended.values(), attended.at(i), theta, tensors.out().offset(), width, width, row, 0);
        Floats.addScaled(1, row, 0, x, at, width);
    }
}

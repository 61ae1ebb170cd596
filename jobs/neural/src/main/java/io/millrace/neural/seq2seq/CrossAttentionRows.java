package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;

/** {@link CrossAttention} row by row, with the keys and values of the input kept: for generating one output. */
final class CrossAttentionRows {

    private final int width;
    private final CrossAttentionTensors tensors;
    private final AttentionHeads heads;
    private final Triple cache;
    private final Columns attended;
    private final float[] row;
    private final float[] probabilities;

    /**
     * @param inputs most rows of an input
     * @param outputs most rows of an output
     */
    CrossAttentionRows(CrossAttentionTensors tensors, int heads, int inputs, int outputs) {
        this.width = tensors.out().columns();
        this.tensors = tensors;
        this.heads = new AttentionHeads(width, heads, tensors.bias());
        float[] kv = new float[inputs * 2 * width];
        this.cache = new Triple(
                new Columns(new float[outputs * width], width, 0),
                new Columns(kv, 2 * width, 0),
                new Columns(kv, 2 * width, width));
        this.attended = new Columns(new float[outputs * width], width, 0);
        this.row = new float[width];
        this.probabilities = new float[this.heads.probabilities(inputs)];
    }

    /** Keeps key and value of input row {@code j}, of its m from {@code at} on. */
    void remember(float[] theta, float[] m, int at, int j) {
        Floats.multiply(
                m,
                at,
                theta,
                tensors.memory().offset(),
                width,
                2 * width,
                cache.k().values(),
                cache.k().at(j));
    }

    /** Adds to the y of output row {@code i} what it draws from input rows [0, count). */
    void attend(float[] theta, float[] y, int i, int count) {
        RmsNorm.normalize(y, 0, width, row, 0);
        Floats.multiply(
                row,
                0,
                theta,
                tensors.query().offset(),
                width,
                width,
                cache.q().values(),
                cache.q().at(i));
        heads.attend(theta, cache, i, i, 0, count, probabilities, 0, attended);
        Floats.multiply(attended.values(), attended.at(i), theta, tensors.out().offset(), width, width, row, 0);
        Floats.addScaled(1, row, 0, y, 0, width);
    }
}

package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;

/** {@link SelfAttention} a position of many outputs at a time, with the keys and values of earlier ones kept. */
final class SelfAttentionSteps {

    private final int width;
    private final int positions;
    private final AttentionHeads heads;
    private final RmsNorm norm;
    private final Projection in;
    private final Projection out;
    private final Scratch qkv = new Scratch();
    private final Scratch kept = new Scratch();
    private final Scratch attended = new Scratch();
    private final float[] probabilities;
    private final Workspace workspace;

    /** @param positions most rows of an output */
    SelfAttentionSteps(SelfAttentionTensors tensors, int heads, int positions, Workspace workspace) {
        this.width = tensors.out().columns();
        this.positions = positions;
        this.heads = new AttentionHeads(width, heads, tensors.bias());
        this.norm = new RmsNorm(width);
        this.in = new Projection(tensors.in(), workspace.weights);
        this.out = new Projection(tensors.out(), workspace.weights);
        this.probabilities = new float[this.heads.probabilities(positions)];
        this.workspace = workspace;
    }

    void begin(int outputs) {
        kept.of(outputs * positions * 2 * width);
    }

    /** Changes y [count × width], the rows at position {@code i} of {@code outputs}, in place. */
    void forward(float[] theta, float[] y, int[] outputs, int count, int i) {
        float[] triple = qkv.of(count * 3 * width);
        float[] pairs = kept.values();
        in.forward(norm.forward(y, count), count, triple);
        Columns mixed = new Columns(attended.of(count * width), width, 0);
        Triple seen = new Triple(
                new Columns(triple, 3 * width, 0),
                new Columns(pairs, 2 * width, 0),
                new Columns(pairs, 2 * width, width));
        for (int row = 0; row < count; row++) {
            int first = outputs[row] * positions;
            System.arraycopy(triple, row * 3 * width + width, pairs, seen.k().at(first + i), 2 * width);
            heads.attend(theta, seen, i, row, first, i + 1, probabilities, 0, mixed);
        }
        float[] residual = workspace.first.of(count * width);
        out.forward(mixed.values(), count, residual);
        Floats.add(residual, y, count * width);
    }
}

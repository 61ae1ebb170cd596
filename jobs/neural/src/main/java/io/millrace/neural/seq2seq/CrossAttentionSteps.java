package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;

/** {@link CrossAttention} a position of many outputs at a time, with the keys and values of their inputs kept. */
final class CrossAttentionSteps {

    private final int width;
    private final AttentionHeads heads;
    private final RmsNorm norm;
    private final Projection query;
    private final Projection memory;
    private final Projection out;
    private final Scratch q = new Scratch();
    private final Scratch kv = new Scratch();
    private final Scratch attended = new Scratch();
    private final Scratch probabilities = new Scratch();
    private final Workspace workspace;
    private Segments inputs = new Segments();
    private int each;

    CrossAttentionSteps(CrossAttentionTensors tensors, int heads, Workspace workspace) {
        this.width = tensors.out().columns();
        this.heads = new AttentionHeads(width, heads, tensors.bias());
        this.norm = new RmsNorm(width);
        this.query = new Projection(tensors.query(), workspace.weights);
        this.memory = new Projection(tensors.memory(), workspace.weights);
        this.out = new Projection(tensors.out(), workspace.weights);
        this.workspace = workspace;
    }

    /** Takes the inputs with their m [rows × width]; {@code each} outputs of every one of them, in their order. */
    void begin(Segments inputs, float[] m, int each) {
        this.inputs = inputs;
        this.each = each;
        memory.forward(m, inputs.rows(), kv.of(inputs.rows() * 2 * width));
    }

    /** Changes y [count × width], the rows at position {@code i} of {@code outputs}, in place. */
    void forward(float[] theta, float[] y, int[] outputs, int count, int i) {
        float[] queries = q.of(count * width);
        float[] pairs = kv.values();
        query.forward(norm.forward(y, count), count, queries);
        Columns mixed = new Columns(attended.of(count * width), width, 0);
        Triple seen = new Triple(
                new Columns(queries, width, 0), new Columns(pairs, 2 * width, 0), new Columns(pairs, 2 * width, width));
        for (int row = 0; row < count; row++) {
            int input = outputs[row] / each;
            float[] p = probabilities.of(heads.probabilities(inputs.length(input)));
            heads.attend(theta, seen, i, row, inputs.start(input), inputs.length(input), p, 0, mixed);
        }
        float[] residual = workspace.first.of(count * width);
        out.forward(mixed.values(), count, residual);
        Floats.add(residual, y, count * width);
    }
}

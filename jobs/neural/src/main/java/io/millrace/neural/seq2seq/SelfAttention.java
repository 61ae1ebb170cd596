package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;
import io.millrace.policy.parameters.GradientAccumulator;

/** x ← x + Attention(RmsNorm(x) [Wq Wk Wv]) Wo, within each sequence. */
final class SelfAttention {

    private final int width;
    private final SelfAttentionTensors tensors;
    private final RmsNorm norm;
    private final Projection in;
    private final Attention attention;
    private final Projection out;
    private final Scratch qkv = new Scratch();
    private final Scratch attended = new Scratch();
    private final Workspace workspace;

    SelfAttention(SelfAttentionTensors tensors, int heads, Attention.Sight sight, Workspace workspace) {
        this.width = tensors.out().columns();
        this.tensors = tensors;
        this.norm = new RmsNorm(width);
        this.in = new Projection(tensors.in(), workspace.weights);
        this.attention = new Attention(new AttentionHeads(width, heads, tensors.bias()), sight);
        this.out = new Projection(tensors.out(), workspace.weights);
        this.workspace = workspace;
    }

    /** Changes x [rows × width] in place. */
    void forward(float[] theta, Segments sequences, float[] x) {
        int rows = sequences.rows();
        float[] triple = qkv.of(rows * 3 * width);
        float[] mixed = attended.of(rows * width);
        float[] residual = workspace.first.of(rows * width);
        in.forward(norm.forward(x, rows), rows, triple);
        attention.forward(theta, triple(triple), sequences, sequences, new Columns(mixed, width, 0));
        out.forward(mixed, rows, residual);
        Floats.add(residual, x, rows * width);
    }

    /** Turns the slope of the output into that of the input, in place. */
    void backward(Segments sequences, float[] dx, GradientAccumulator gradient) {
        int rows = sequences.rows();
        float[] mixed = workspace.first.of(rows * width);
        float[] slope = workspace.second.zeros(rows * 3 * width);
        out.backward(dx, rows, mixed);
        Columns mixedColumns = new Columns(mixed, width, 0);
        attention.addBackward(
                triple(qkv.values()), sequences, sequences, mixedColumns, triple(slope), gradient.values());
        in.backward(slope, rows, mixed);
        norm.addBackward(mixed, rows, dx);
    }

    void addGradientTo(GradientAccumulator gradient) {
        workspace.weights.addTo(tensors.in(), gradient);
        workspace.weights.addTo(tensors.out(), gradient);
        tensors.bias().touch(gradient);
    }

    private Triple triple(float[] values) {
        return new Triple(
                new Columns(values, 3 * width, 0),
                new Columns(values, 3 * width, width),
                new Columns(values, 3 * width, 2 * width));
    }
}

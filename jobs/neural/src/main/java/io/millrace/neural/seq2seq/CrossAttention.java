package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;
import io.millrace.policy.parameters.GradientAccumulator;

/** y ← y + Attention(RmsNorm(y) Wq, m [Wk Wv]) Wo, from each output sequence to the m of its input sequence. */
final class CrossAttention {

    private final int width;
    private final CrossAttentionTensors tensors;
    private final RmsNorm norm;
    private final Projection query;
    private final Projection memory;
    private final Attention attention;
    private final Projection out;
    private final Scratch q = new Scratch();
    private final Scratch kv = new Scratch();
    private final Scratch attended = new Scratch();
    private final Scratch slopeOfKv = new Scratch();
    private final Workspace workspace;

    CrossAttention(CrossAttentionTensors tensors, int heads, Workspace workspace) {
        this.width = tensors.out().columns();
        this.tensors = tensors;
        this.norm = new RmsNorm(width);
        this.query = new Projection(tensors.query(), workspace.weights);
        this.memory = new Projection(tensors.memory(), workspace.weights);
        this.attention = new Attention(new AttentionHeads(width, heads, tensors.bias()), Attention.Sight.ALL);
        this.out = new Projection(tensors.out(), workspace.weights);
        this.workspace = workspace;
    }

    /** Changes y [output rows × width] in place, by m [input rows × width]. */
    void forward(float[] theta, Block block, float[] m, float[] y) {
        int rows = block.outputs.rows();
        float[] queries = q.of(rows * width);
        float[] pairs = kv.of(block.inputs.rows() * 2 * width);
        float[] mixed = attended.of(rows * width);
        float[] residual = workspace.first.of(rows * width);
        query.forward(norm.forward(y, rows), rows, queries);
        memory.forward(m, block.inputs.rows(), pairs);
        attention.forward(theta, triple(queries, pairs), block.outputs, block.read, new Columns(mixed, width, 0));
        out.forward(mixed, rows, residual);
        Floats.add(residual, y, rows * width);
    }

    /** Turns the slope of the output into that of y, in place; adds to dm. */
    void backward(Block block, float[] dy, float[] dm, GradientAccumulator gradient) {
        int rows = block.outputs.rows();
        int inputRows = block.inputs.rows();
        float[] mixed = workspace.first.of(Math.max(rows, inputRows) * width);
        float[] dq = workspace.second.zeros(rows * width);
        float[] dkv = slopeOfKv.zeros(inputRows * 2 * width);
        out.backward(dy, rows, mixed);
        attention.addBackward(
                triple(q.values(), kv.values()),
                block.outputs,
                block.read,
                new Columns(mixed, width, 0),
                triple(dq, dkv),
                gradient.values());
        query.backward(dq, rows, mixed);
        norm.addBackward(mixed, rows, dy);
        memory.backward(dkv, inputRows, mixed);
        Floats.add(mixed, dm, inputRows * width);
    }

    void addGradientTo(GradientAccumulator gradient) {
        workspace.weights.addTo(tensors.query(), gradient);
        workspace.weights.addTo(tensors.memory(), gradient);
        workspace.weights.addTo(tensors.out(), gradient);
        tensors.bias().touch(gradient);
    }

    private Triple triple(float[] queries, float[] pairs) {
        return new Triple(
                new Columns(queries, width, 0), new Columns(pairs, 2 * width, 0), new Columns(pairs, 2 * width, width));
    }
}

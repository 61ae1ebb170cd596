package io.millrace.neural.seq2seq;

/**
 * Lays out the weights of a model and says how large they start: matrices keep the size of what they are given; what is
 * added to a residual stream starts at half that; the heads start near zero, so the first policy is near the uniform one.
 */
final class TensorPlan {

    private static final double EMBEDDING = 0.3;
    private static final double RESIDUAL = 0.5;
    private static final double HEAD = 0.1;

    private final int width;
    private final int heads;
    private final int hidden;
    private final Tensors tensors;

    TensorPlan(Seq2SeqModel model, Tensors tensors) {
        this.width = model.width();
        this.heads = model.heads();
        this.hidden = model.hidden();
        this.tensors = tensors;
    }

    Tensor embedding(String name, int rows) {
        return tensors.add(name, rows, width, EMBEDDING);
    }

    SelfAttentionTensors selfAttention(String name) {
        return new SelfAttentionTensors(
                matrix(name + ".in", width, 3 * width, 1),
                matrix(name + ".out", width, width, RESIDUAL),
                bias(name + ".bias", heads, AttentionHeads.DISTANCES));
    }

    CrossAttentionTensors crossAttention(String name) {
        return new CrossAttentionTensors(
                matrix(name + ".query", width, width, 1),
                matrix(name + ".memory", width, 2 * width, 1),
                matrix(name + ".out", width, width, RESIDUAL),
                bias(name + ".bias", heads, AttentionHeads.DISTANCES));
    }

    FeedForwardTensors feedForward(String name) {
        return new FeedForwardTensors(
                matrix(name + ".in", width, hidden, 1), matrix(name + ".out", hidden, width, RESIDUAL));
    }

    Tensor heads(String name, int columns) {
        return matrix(name, width, columns, HEAD);
    }

    /** Starts at zero. */
    Tensor bias(String name, int rows, int columns) {
        return tensors.add(name, rows, columns, 0);
    }

    private Tensor matrix(String name, int rows, int columns, double gain) {
        return tensors.add(name, rows, columns, gain / Math.sqrt(rows));
    }
}

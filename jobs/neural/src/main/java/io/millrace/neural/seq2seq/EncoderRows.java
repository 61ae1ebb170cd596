package io.millrace.neural.seq2seq;

import java.util.List;

/** {@link Encoder} for one input, in plain loops: a product of a few rows costs less than its call into native code. */
final class EncoderRows {

    /** One layer. */
    private record Layer(SelfAttentionRows attention, FeedForwardRows feedForward) {}

    private final int width;
    private final int end;
    private final Embedding embedding;
    private final List<Layer> layers;
    private final float[] stream;
    private final float[] memory;

    EncoderRows(Seq2SeqModel model, EncoderTensors tensors) {
        int rows = model.maxInput() + 1;
        this.width = model.width();
        this.end = model.input().size();
        this.embedding = new Embedding(tensors.tokens(), tensors.positions());
        this.layers = tensors.layers().stream()
                .map(layer -> new Layer(
                        new SelfAttentionRows(layer.attention(), model.heads(), rows),
                        new FeedForwardRows(layer.feedForward())))
                .toList();
        this.stream = new float[rows * width];
        this.memory = new float[rows * width];
    }

    /** m [tokens + 1 × width]; valid until the next call. */
    float[] read(float[] theta, int[] tokens) {
        int rows = tokens.length + 1;
        for (int i = 0; i < rows; i++) {
            embedding.write(theta, i < tokens.length ? tokens[i] : end, i, stream, i * width);
        }
        for (int l = 0; l < layers.size(); l++) {
            apply(theta, layers.get(l), rows);
        }
        for (int i = 0; i < rows; i++) {
            RmsNorm.normalize(stream, i * width, width, memory, i * width);
        }
        return memory;
    }

    private void apply(float[] theta, Layer layer, int rows) {
        for (int i = 0; i < rows; i++) {
            layer.attention.remember(theta, stream, i * width, i);
        }
        for (int i = 0; i < rows; i++) {
            layer.attention.attend(theta, stream, i * width, i, rows);
            layer.feedForward.apply(theta, stream, i * width);
        }
    }
}

package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;
import java.util.List;

/** {@link Decoder} for one output, a row at a time, with the keys and values of what was read and written kept. */
final class DecoderRows {

    /** One layer. */
    private record Layer(SelfAttentionRows self, CrossAttentionRows cross, FeedForwardRows feedForward) {}

    private final int width;
    private final int columns;
    private final DecoderTensors tensors;
    private final Embedding embedding;
    private final List<Layer> layers;
    private final float[] stream;
    private final float[] normalized;
    private final float[] out;
    private int inputRows;

    DecoderRows(Seq2SeqModel model, DecoderTensors tensors) {
        this.width = model.width();
        this.columns = tensors.heads().columns();
        this.tensors = tensors;
        this.embedding = new Embedding(tensors.tokens(), tensors.positions());
        this.layers = tensors.layers().stream()
                .map(layer -> new Layer(
                        new SelfAttentionRows(layer.self(), model.heads(), model.maxOutput()),
                        new CrossAttentionRows(layer.cross(), model.heads(), model.maxInput() + 1, model.maxOutput()),
                        new FeedForwardRows(layer.feedForward())))
                .toList();
        this.stream = new float[width];
        this.normalized = new float[width];
        this.out = new float[columns];
    }

    /** Takes the input to write about: m [rows × width]. */
    void begin(float[] theta, float[] m, int rows) {
        inputRows = rows;
        for (int l = 0; l < layers.size(); l++) {
            for (int j = 0; j < rows; j++) {
                layers.get(l).cross.remember(theta, m, j * width, j);
            }
        }
    }

    /** Logits and value [actions + 1] at position {@code i}, given the token before it; valid until the next call. */
    float[] next(float[] theta, int token, int i) {
        embedding.write(theta, token, i, stream, 0);
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            layer.self.remember(theta, stream, 0, i);
            layer.self.attend(theta, stream, 0, i, i + 1);
            layer.cross.attend(theta, stream, i, inputRows);
            layer.feedForward.apply(theta, stream, 0);
        }
        RmsNorm.normalize(stream, 0, width, normalized, 0);
        Floats.multiply(normalized, 0, theta, tensors.heads().offset(), width, columns, out, 0);
        Floats.addScaled(1, theta, tensors.bias().offset(), out, 0, columns);
        return out;
    }
}

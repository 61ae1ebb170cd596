package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;
import java.util.List;

/** {@link Decoder} a position of many outputs at a time, with the keys and values of what was read and written kept. */
final class DecoderSteps {

    /** One layer. */
    private record Layer(SelfAttentionSteps self, CrossAttentionSteps cross, FeedForward feedForward) {}

    private final int width;
    private final int columns;
    private final DecoderTensors tensors;
    private final Embedding embedding;
    private final List<Layer> layers;
    private final RmsNorm norm;
    private final Projection heads;
    private final Scratch stream = new Scratch();
    private final Scratch scores = new Scratch();

    DecoderSteps(Seq2SeqModel model, DecoderTensors tensors, Workspace workspace) {
        this.width = model.width();
        this.columns = tensors.heads().columns();
        this.tensors = tensors;
        this.embedding = new Embedding(tensors.tokens(), tensors.positions());
        this.layers = tensors.layers().stream()
                .map(layer -> new Layer(
                        new SelfAttentionSteps(layer.self(), model.heads(), model.maxOutput(), workspace),
                        new CrossAttentionSteps(layer.cross(), model.heads(), workspace),
                        new FeedForward(layer.feedForward(), workspace)))
                .toList();
        this.norm = new RmsNorm(width);
        this.heads = new Projection(tensors.heads(), workspace.weights);
    }

    /** Takes the inputs to write about, {@code each} outputs of every one of them, and the encoder's m. */
    void begin(Block block, float[] m, int each) {
        for (Layer layer : layers) {
            layer.self.begin(block.inputs.count() * each);
            layer.cross.begin(block.inputs, m, each);
        }
    }

    /**
     * Logits and values [count × actions + 1] at position {@code i}; valid until the next call.
     *
     * @param tokens of each row, the one before
     * @param outputs of each row, which output it belongs to
     */
    float[] next(float[] theta, int[] tokens, int[] outputs, int count, int i) {
        float[] y = stream.of(count * width);
        for (int row = 0; row < count; row++) {
            embedding.write(theta, tokens[row], i, y, row * width);
        }
        for (Layer layer : layers) {
            layer.self.forward(theta, y, outputs, count, i);
            layer.cross.forward(theta, y, outputs, count, i);
            layer.feedForward.forward(y, count);
        }
        float[] out = scores.of(count * columns);
        heads.forward(norm.forward(y, count), count, out);
        for (int row = 0; row < count; row++) {
            Floats.addScaled(1, theta, tensors.bias().offset(), out, row * columns, columns);
        }
        return out;
    }
}

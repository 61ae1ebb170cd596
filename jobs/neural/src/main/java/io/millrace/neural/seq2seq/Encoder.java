package io.millrace.neural.seq2seq;

import io.millrace.policy.parameters.GradientAccumulator;
import java.util.List;

/** Reads the input sequences of a block: embeddings, layers of attention and feed-forward, a last normalization. */
final class Encoder {

    /** One layer. */
    private record Layer(SelfAttention attention, FeedForward feedForward) {}

    private final int width;
    private final Embedding embedding;
    private final List<Layer> layers;
    private final RmsNorm norm;
    private final Scratch stream = new Scratch();

    Encoder(Seq2SeqModel model, EncoderTensors tensors, Workspace workspace) {
        this.width = model.width();
        this.embedding = new Embedding(tensors.tokens(), tensors.positions());
        this.layers = tensors.layers().stream()
                .map(layer -> new Layer(
                        new SelfAttention(layer.attention(), model.heads(), Attention.Sight.ALL, workspace),
                        new FeedForward(layer.feedForward(), workspace)))
                .toList();
        this.norm = new RmsNorm(width);
    }

    /** m [input rows × width]; valid until the next call. */
    float[] forward(float[] theta, Block block) {
        int rows = block.inputs.rows();
        float[] x = stream.of(rows * width);
        for (int s = 0; s < block.inputs.count(); s++) {
            int start = block.inputs.start(s);
            for (int i = 0; i < block.inputs.length(s); i++) {
                embedding.write(theta, block.inputToken(start + i), i, x, (start + i) * width);
            }
        }
        for (Layer layer : layers) {
            layer.attention.forward(theta, block.inputs, x);
            layer.feedForward.forward(x, rows);
        }
        return norm.forward(x, rows);
    }

    /** Adds to the gradient of the embeddings and biases, of dm. */
    void backward(Block block, float[] dm, GradientAccumulator gradient) {
        int rows = block.inputs.rows();
        float[] dx = stream.zeros(rows * width);
        norm.addBackward(dm, rows, dx);
        for (int l = layers.size() - 1; l >= 0; l--) {
            layers.get(l).feedForward.backward(dx, rows);
            layers.get(l).attention.backward(block.inputs, dx, gradient);
        }
        for (int s = 0; s < block.inputs.count(); s++) {
            int start = block.inputs.start(s);
            for (int i = 0; i < block.inputs.length(s); i++) {
                embedding.addBackward(dx, (start + i) * width, block.inputToken(start + i), i, gradient);
            }
        }
    }

    void addGradientTo(GradientAccumulator gradient) {
        for (Layer layer : layers) {
            layer.attention.addGradientTo(gradient);
            layer.feedForward.addGradientTo(gradient);
        }
    }
}

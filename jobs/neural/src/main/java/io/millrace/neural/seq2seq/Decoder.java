package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;
import io.millrace.policy.parameters.GradientAccumulator;
import java.util.List;

/** Reads the output sequences of a block, each position what was written before it and the whole of its input. */
final class Decoder {

    /** One layer. */
    private record Layer(SelfAttention self, CrossAttention cross, FeedForward feedForward) {}

    private final int width;
    private final int columns;
    private final DecoderTensors tensors;
    private final Embedding embedding;
    private final List<Layer> layers;
    private final RmsNorm norm;
    private final Projection heads;
    private final Scratch stream = new Scratch();
    private final Scratch headInputs = new Scratch();
    private final Workspace workspace;

    Decoder(Seq2SeqModel model, DecoderTensors tensors, Workspace workspace) {
        this.width = model.width();
        this.columns = tensors.heads().columns();
        this.tensors = tensors;
        this.embedding = new Embedding(tensors.tokens(), tensors.positions());
        this.layers = tensors.layers().stream()
                .map(layer -> new Layer(
                        new SelfAttention(layer.self(), model.heads(), Attention.Sight.PAST, workspace),
                        new CrossAttention(layer.cross(), model.heads(), workspace),
                        new FeedForward(layer.feedForward(), workspace)))
                .toList();
        this.norm = new RmsNorm(width);
        this.heads = new Projection(tensors.heads(), workspace.weights);
        this.workspace = workspace;
    }

    /** Writes logits and value of every output row [output rows × actions + 1], given m of the encoder. */
    void forward(float[] theta, Block block, float[] m, float[] out) {
        int rows = block.outputs.rows();
        float[] y = stream.of(rows * width);
        for (int s = 0; s < block.outputs.count(); s++) {
            int start = block.outputs.start(s);
            for (int i = 0; i < block.outputs.length(s); i++) {
                embedding.write(theta, block.outputToken(start + i, i), i, y, (start + i) * width);
            }
        }
        for (Layer layer : layers) {
            layer.self.forward(theta, block.outputs, y);
            layer.cross.forward(theta, block, m, y);
            layer.feedForward.forward(y, rows);
        }
        heads.forward(norm.forward(y, rows), rows, out);
        for (int row = 0; row < rows; row++) {
            Floats.addScaled(1, theta, tensors.bias().offset(), out, row * columns, columns);
        }
    }

    /** Adds to the gradient of embeddings and biases and to dm, of the slope of what {@link #forward} wrote. */
    void backward(Block block, float[] slope, float[] dm, GradientAccumulator gradient) {
        int rows = block.outputs.rows();
        for (int row = 0; row < rows; row++) {
            Floats.addScaled(
                    1, slope, row * columns, gradient.values(), tensors.bias().offset(), columns);
        }
        float[] inner = headInputs.of(rows * width);
        heads.backward(slope, rows, inner);
        float[] dy = stream.zeros(rows * width);
        norm.addBackward(inner, rows, dy);
        for (int l = layers.size() - 1; l >= 0; l--) {
            layers.get(l).feedForward.backward(dy, rows);
            layers.get(l).cross.backward(block, dy, dm, gradient);
            layers.get(l).self.backward(block.outputs, dy, gradient);
        }
        for (int s = 0; s < block.outputs.count(); s++) {
            int start = block.outputs.start(s);
            for (int i = 0; i < block.outputs.length(s); i++) {
                embedding.addBackward(dy, (start + i) * width, block.outputToken(start + i, i), i, gradient);
            }
        }
    }

    void addGradientTo(GradientAccumulator gradient) {
        for (Layer layer : layers) {
            layer.self.addGradientTo(gradient);
            layer.cross.addGradientTo(gradient);
            layer.feedForward.addGradientTo(gradient);
        }
        workspace.weights.addTo(tensors.heads(), gradient);
        tensors.bias().touch(gradient);
    }
}

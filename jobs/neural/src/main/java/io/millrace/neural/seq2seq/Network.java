package io.millrace.neural.seq2seq;

import io.millrace.policy.parameters.GradientAccumulator;

/** Encoder and decoder over a block, forward and backward. Holds memory off the heap; one thread. */
final class Network {

    private final int width;
    private final int columns;
    private final NativeWeights weights;
    private final Encoder encoder;
    private final Decoder decoder;
    private final Scratch outputs = new Scratch();
    private final Scratch slopes = new Scratch();

    Network(Seq2SeqModel model, Weights places) {
        this.width = model.width();
        this.columns = model.actions() + 1;
        this.weights = new NativeWeights(places.layout().size());
        var workspace = new Workspace(weights);
        this.encoder = new Encoder(model, places.encoder(), workspace);
        this.decoder = new Decoder(model, places.decoder(), workspace);
    }

    /** Takes θ for the blocks that follow, and forgets the gradient of those before. */
    void begin(float[] theta) {
        weights.load(theta);
        weights.clearGradient();
    }

    /** Logits and value of every output row [output rows × actions + 1]; valid until the next call. */
    float[] forward(float[] theta, Block block) {
        float[] out = outputs.of(block.outputs.rows() * columns);
        decoder.forward(theta, block, encoder.forward(theta, block), out);
        return out;
    }

    /** Backward pass of the last block, of the slope of what {@link #forward} gave. */
    void backward(Block block, float[] slope, GradientAccumulator gradient) {
        float[] dm = slopes.zeros(block.inputs.rows() * width);
        decoder.backward(block, slope, dm, gradient);
        encoder.backward(block, dm, gradient);
    }

    /** Adds the gradient of the matrices over all blocks since {@link #begin}; that of all else is there already. */
    void end(GradientAccumulator gradient) {
        weights.fetchGradient();
        encoder.addGradientTo(gradient);
        decoder.addGradientTo(gradient);
    }
}

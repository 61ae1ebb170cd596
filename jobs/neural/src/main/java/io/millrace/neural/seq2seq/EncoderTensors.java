package io.millrace.neural.seq2seq;

import java.util.ArrayList;
import java.util.List;

/**
 * Weights of the encoder.
 *
 * @param tokens embeddings of the input tokens and of their end [input + 1 × width]
 * @param positions embeddings of positions [max-input + 1 × width]
 */
record EncoderTensors(Tensor tokens, Tensor positions, List<Layer> layers) {

    /** Weights of one layer. */
    record Layer(SelfAttentionTensors attention, FeedForwardTensors feedForward) {}

    static EncoderTensors of(Seq2SeqModel model, TensorPlan plan) {
        Tensor tokens = plan.embedding("encoder.tokens", model.input().size() + 1);
        Tensor positions = plan.embedding("encoder.positions", model.maxInput() + 1);
        List<Layer> layers = new ArrayList<>();
        for (int l = 0; l < model.encoderLayers(); l++) {
            String name = "encoder." + l;
            layers.add(new Layer(plan.selfAttention(name + ".self"), plan.feedForward(name + ".feed-forward")));
        }
        return new EncoderTensors(tokens, positions, List.copyOf(layers));
    }
}

package io.millrace.neural.seq2seq;

import java.util.ArrayList;
import java.util.List;

/**
 * Weights of the decoder and its two heads.
 *
 * @param tokens embeddings of the output tokens and of the beginning [output + 1 × width]
 * @param positions embeddings of positions [max-output × width]
 * @param heads logits of the actions and, in the last column, the value [width × actions + 1]
 * @param bias of the heads [1 × actions + 1]
 */
record DecoderTensors(Tensor tokens, Tensor positions, List<Layer> layers, Tensor heads, Tensor bias) {

    /** Weights of one layer. */
    record Layer(SelfAttentionTensors self, CrossAttentionTensors cross, FeedForwardTensors feedForward) {}

    static DecoderTensors of(Seq2SeqModel model, TensorPlan plan) {
        Tensor tokens = plan.embedding("decoder.tokens", model.output().size() + 1);
        Tensor positions = plan.embedding("decoder.positions", model.maxOutput());
        List<Layer> layers = new ArrayList<>();
        for (int l = 0; l < model.decoderLayers(); l++) {
            String name = "decoder." + l;
            layers.add(new Layer(
                    plan.selfAttention(name + ".self"),
                    plan.crossAttention(name + ".cross"),
                    plan.feedForward(name + ".feed-forward")));
        }
        int columns = model.actions() + 1;
        return new DecoderTensors(
                tokens,
                positions,
                List.copyOf(layers),
                plan.heads("heads", columns),
                plan.bias("heads.bias", 1, columns));
    }
}

package io.millrace.neural.seq2seq;

import io.millrace.policy.spec.ModelSpec;
import io.millrace.policy.spec.PolicySpecException;
import java.util.List;

/**
 * What a seq2seq is made of.
 *
 * @param input the input vocabulary
 * @param output the output vocabulary, without the end of the sequence
 * @param maxInput most tokens of an input
 * @param maxOutput most actions of an output
 * @param width numbers that stand for a position
 * @param heads of each attention
 * @param hidden numbers inside a feed-forward layer
 */
record Seq2SeqModel(
        List<String> input,
        List<String> output,
        int maxInput,
        int maxOutput,
        int width,
        int heads,
        int hidden,
        int encoderLayers,
        int decoderLayers) {

    static Seq2SeqModel of(ModelSpec spec) {
        spec.refuseOthers(Seq2SeqKeys.ALL);
        var model = new Seq2SeqModel(
                spec.get(Seq2SeqKeys.INPUT),
                spec.get(Seq2SeqKeys.OUTPUT),
                spec.get(Seq2SeqKeys.MAX_INPUT),
                spec.get(Seq2SeqKeys.MAX_OUTPUT),
                spec.get(Seq2SeqKeys.WIDTH),
                spec.get(Seq2SeqKeys.HEADS),
                spec.get(Seq2SeqKeys.HIDDEN),
                spec.get(Seq2SeqKeys.ENCODER_LAYERS),
                spec.get(Seq2SeqKeys.DECODER_LAYERS));
        model.requireMultiples();
        model.requireSize();
        return model;
    }

    /** Actions: the output tokens and the end. */
    int actions() {
        return output.size() + 1;
    }

    /** The action that ends a sequence. */
    int end() {
        return output.size();
    }

    private void requireMultiples() {
        if (width % (4 * heads) != 0) {
            throw refusal("model.width", "a multiple of four times model.heads (" + 4 * heads + ")", width);
        }
        if (hidden % 4 != 0) {
            throw refusal("model.hidden", "a multiple of 4", hidden);
        }
    }

    private void requireSize() {
        long embeddings = (long) input.size() + maxInput + 2L * output.size() + maxOutput + 8;
        long layer = 8L * width + 2L * hidden;
        ModelSpec.requireSize(
                embeddings + layer * (encoderLayers + decoderLayers),
                width,
                "model.input, model.output, model.width, model.hidden and the numbers of layers");
    }

    private static PolicySpecException refusal(String key, String expected, int found) {
        return PolicySpecException.of(
                key, expected, Integer.toString(found), "mend the policy's file (docs/policy-file.md lists its keys)");
    }
}

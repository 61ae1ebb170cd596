package io.millrace.neural.seq2seq;

import io.millrace.policy.Generated;
import io.millrace.policy.Sampling;
import io.millrace.policy.softmax.Sampler;
import java.util.random.RandomGenerator;

/** Writes one output, action by action, until it ends or is as long as outputs may be. Allocates nothing. */
final class Generation {

    private final Seq2SeqModel model;
    private final EncoderRows encoder;
    private final DecoderRows decoder;
    private final Sampler sampler;

    Generation(Seq2SeqModel model, Weights weights) {
        this.model = model;
        this.encoder = new EncoderRows(model, weights.encoder());
        this.decoder = new DecoderRows(model, weights.decoder());
        this.sampler = new Sampler(model.actions());
    }

    void generate(float[] theta, int[] tokens, Sampling sampling, RandomGenerator random, Generated out) {
        decoder.begin(theta, encoder.read(theta, tokens), tokens.length + 1);
        int token = model.output().size();
        for (int i = 0; i < model.maxOutput(); i++) {
            int action = sampler.draw(decoder.next(theta, token, i), sampling, random, out);
            if (action == model.end()) {
                return;
            }
            token = action;
        }
    }
}

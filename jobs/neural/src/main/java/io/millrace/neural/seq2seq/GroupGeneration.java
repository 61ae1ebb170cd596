package io.millrace.neural.seq2seq;

import io.millrace.policy.Context;
import io.millrace.policy.Generated;
import io.millrace.policy.Sampling;
import io.millrace.policy.softmax.Sampler;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * {@link Generation} of many outputs side by side, an action of each at a time: every input is read once, and the products
 * run over all outputs that have not ended. Holds memory off the heap; one thread.
 */
final class GroupGeneration {

    /** Outputs written side by side, unless one input alone has more: few enough for the processor's cache. */
    static final int OUTPUTS = 256;

    private final Seq2SeqModel model;
    private final NativeWeights weights;
    private final Block block;
    private final Encoder encoder;
    private final DecoderSteps decoder;
    private final Sampler sampler;
    private final float[] logits;
    private int[] writing = new int[0];
    private int[] tokens = new int[0];

    GroupGeneration(Seq2SeqModel model, Weights places) {
        this.model = model;
        this.weights = new NativeWeights(places.layout().size());
        this.block = new Block(model);
        var workspace = new Workspace(weights);
        this.encoder = new Encoder(model, places.encoder(), workspace);
        this.decoder = new DecoderSteps(model, places.decoder(), workspace);
        this.sampler = new Sampler(model.actions());
        this.logits = new float[model.actions()];
    }

    /** The outputs of an input stand together, in the inputs' order. */
    void generate(
            float[] theta, List<Context> contexts, Sampling sampling, RandomGenerator random, List<Generated> outs) {
        weights.load(theta);
        int each = outs.size() / contexts.size();
        int inputs = Math.max(1, OUTPUTS / Math.max(1, each));
        for (int first = 0; first < contexts.size(); first += inputs) {
            int end = Math.min(first + inputs, contexts.size());
            block.takeInputs(contexts.subList(first, end));
            write(theta, each, sampling, random, outs.subList(first * each, end * each));
        }
    }

    private void write(float[] theta, int each, Sampling sampling, RandomGenerator random, List<Generated> outs) {
        decoder.begin(block, encoder.forward(theta, block), each);
        int count = begin(outs);
        for (int i = 0; i < model.maxOutput() && count > 0; i++) {
            count = draw(decoder.next(theta, tokens, writing, count, i), count, sampling, random, outs);
        }
    }

    private int begin(List<Generated> outs) {
        int count = outs.size();
        if (writing.length < count) {
            writing = new int[count];
            tokens = new int[count];
        }
        Arrays.setAll(writing, output -> output);
        Arrays.fill(tokens, model.output().size());
        for (int i = 0; i < count; i++) {
            outs.get(i).clear();
        }
        return count;
    }

    /** Draws an action for each output that is being written; how many go on. */
    private int draw(float[] scores, int count, Sampling sampling, RandomGenerator random, List<Generated> outs) {
        int left = 0;
        for (int row = 0; row < count; row++) {
            System.arraycopy(scores, row * (model.actions() + 1), logits, 0, logits.length);
            int action = sampler.draw(logits, sampling, random, outs.get(writing[row]));
            if (action != model.end()) {
                writing[left] = writing[row];
                tokens[left++] = action;
            }
        }
        return left;
    }
}

package io.millrace.neural.seq2seq;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Vocabulary;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Free generation: an encoder reads the input tokens x, a decoder writes actions a_1, a_2, … with
 *
 * <pre>π_θ(a_t | x, a_{&lt;t}) = softmax(h_t W + b),    V_θ(x, a_{&lt;t}) = h_t · w + c</pre>
 *
 * <p>until it takes the action that ends the sequence, or has taken model.max-output. Both are transformers (Vaswani et al.
 * 2017) normalized before each layer, without biases in their matrices, with learned positions and a learned bias for
 * distances (Raffel et al. 2020). Two heads share the decoder's state h: what learns V moves the trunk of π too.
 *
 * <p>An update's row is {@code model.width} floats: the row of an embedding, or a part of a matrix, which every batch moves.
 */
final class Seq2SeqPolicy implements Policy {

    private final Seq2SeqModel model;
    private final Vocabulary inputs;
    private final Vocabulary outputs;
    private final Weights weights;
    /** Memory off the heap: only who learns has it, not who serves one output at a time. */
    private @Nullable Learning learning;

    private @Nullable Generation generation;
    private @Nullable GroupGeneration groups;

    Seq2SeqPolicy(Seq2SeqModel model) {
        this(model, Vocabulary.ofInputs(model.input()), Vocabulary.ofOutputs(model.output()), new Weights(model));
    }

    private Seq2SeqPolicy(Seq2SeqModel model, Vocabulary inputs, Vocabulary outputs, Weights weights) {
        this.model = model;
        this.inputs = inputs;
        this.outputs = outputs;
        this.weights = weights;
    }

    @Override
    public ParameterLayout layout() {
        return weights.layout();
    }

    @Override
    public void initialize(float[] theta, long seed) {
        weights.initialize(theta, seed);
    }

    @Override
    public boolean hasValueHead() {
        return true;
    }

    @Override
    public Context encode(Prompt prompt) {
        List<String> tokens = Prompt.Tokens.of(prompt).tokens();
        requireLength(tokens.size());
        return new Context.Tokens(inputs.indices(tokens));
    }

    @Override
    public List<String> render(Context context, int[] actions, int length) {
        List<String> output = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            if (actions[i] != model.end()) {
                output.add(model.output().get(actions[i]));
            }
        }
        return output;
    }

    /** Its tokens and the end, where there is room for that. */
    @Override
    public int[] actions(Context context, List<String> output) {
        if (output.size() > model.maxOutput()) {
            throw new InvalidInputException("output: expected at most " + model.maxOutput() + " tokens, found "
                    + output.size() + "; cut the output or raise model.max-output");
        }
        int[] tokens = outputs.indices(output);
        int[] actions = Arrays.copyOf(tokens, Math.min(tokens.length + 1, model.maxOutput()));
        if (actions.length > tokens.length) {
            actions[tokens.length] = model.end();
        }
        return actions;
    }

    /** The same for every action: at each step all tokens and the end can be taken. */
    @Override
    public OptionalDouble uniformLogProb(Decision decision) {
        return OptionalDouble.of(-decision.actions().length * Math.log(model.actions()));
    }

    @Override
    public void validate(Decision decision) {
        int[] tokens = Context.Tokens.of(decision.context()).tokens();
        requireLength(tokens.length);
        inputs.requireIndices(tokens);
        int length = decision.actions().length;
        if (length < 1 || length > model.maxOutput()) {
            throw new InvalidInputException(
                    "actions: expected 1 to " + model.maxOutput() + " (model.max-output), found " + length
                            + (length == 0 ? "; an output of this kind is whole and cannot be cut off" : ""));
        }
        decision.requireActions(length, model.actions());
        requireOneEnd(decision.actions());
        decision.requireLogProbs();
    }

    private void requireOneEnd(int[] actions) {
        int last = actions.length - 1;
        for (int i = 0; i < last; i++) {
            if (actions[i] == model.end()) {
                throw new InvalidInputException("actions[" + i + "]: expected no action after the end of the sequence ("
                        + model.end() + "), found " + (last - i) + " more");
            }
        }
        if (actions[last] != model.end() && actions.length < model.maxOutput()) {
            throw new InvalidInputException("actions[" + last + "]: expected the end of the sequence (" + model.end()
                    + ") as the last of fewer than " + model.maxOutput() + " actions, found " + actions[last]);
        }
    }

    private void requireLength(int tokens) {
        if (tokens < 1 || tokens > model.maxInput()) {
            throw new InvalidInputException("tokens: expected 1 to " + model.maxInput() + " input tokens, found "
                    + tokens + "; cut the input or raise model.max-input");
        }
    }

    @Override
    public void generate(Parameters theta, Context context, Sampling sampling, RandomGenerator random, Generated out) {
        out.clear();
        if (generation == null) {
            generation = new Generation(model, weights);
        }
        generation.generate(theta.values(), Context.Tokens.of(context).tokens(), sampling, random, out);
    }

    /** Side by side: several times as fast as one after the other, with memory off the heap. */
    @Override
    public void generateGroups(
            Parameters theta, List<Context> contexts, Sampling sampling, RandomGenerator random, List<Generated> outs) {
        if (groups == null) {
            groups = new GroupGeneration(model, weights);
        }
        groups.generate(theta.values(), contexts, sampling, random, outs);
    }

    @Override
    public void score(Parameters theta, Batch batch, Scores out) {
        learning().score(theta.values(), batch, out);
    }

    @Override
    public void gradient(Parameters theta, Batch batch, Weighting weighting, GradientAccumulator out) {
        learning().gradient(theta.values(), batch, weighting, out);
    }

    @Override
    public Policy fork() {
        return new Seq2SeqPolicy(model, inputs, outputs, weights);
    }

    private Learning learning() {
        if (learning == null) {
            learning = new Learning(model, weights);
        }
        return learning;
    }
}

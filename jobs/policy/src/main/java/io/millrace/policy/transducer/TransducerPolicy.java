package io.millrace.policy.transducer;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Vocabulary;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.parameters.RowPrefetch;
import io.millrace.policy.softmax.Softmax;
import io.millrace.policy.softmax.Truncation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * A monotone transducer: from left to right, every input token i emits one of a fixed list of emissions a_i, with
 *
 * <pre>π_θ(a_i | x, a_{&lt;i}) = softmax_a Σ_f θ[row(f), a]</pre>
 *
 * over the features f of {@link WindowFeatures} at i. So ∂ log π(a_i) / ∂ θ[row(f), j] = 1[j = a_i] − p_j.
 *
 * <p>θ is one tensor [2^hash-bits × emissions], and an update's row is the row of a feature. θ₀ = 0 for every seed: the
 * uniform distribution. A log-linear family has no symmetry that a random start would have to break, and a vector of zeros
 * costs nothing to publish.
 */
final class TransducerPolicy implements Policy {

    private final TransducerModel model;
    private final Vocabulary vocabulary;
    private final ParameterLayout layout;
    private final int emissions;
    private final WindowFeatures features;
    private final Positions scratch = new Positions();
    private final RowPrefetch prefetch;
    private final float[] logits;
    private final Truncation truncation;

    TransducerPolicy(TransducerModel model) {
        this(model, Vocabulary.ofInputs(model.input()));
    }

    private TransducerPolicy(TransducerModel model, Vocabulary vocabulary) {
        this.model = model;
        this.vocabulary = vocabulary;
        this.emissions = model.emissions().size();
        this.layout = ParameterLayout.of("emissions", 1 << model.hashBits(), emissions);
        this.features = new WindowFeatures(model.window(), model.history(), model.hashBits());
        this.prefetch = new RowPrefetch(emissions);
        this.logits = new float[emissions];
        this.truncation = new Truncation(emissions);
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public void initialize(float[] theta, long seed) {
        Arrays.fill(theta, 0f);
    }

    @Override
    public Context encode(Prompt prompt) {
        List<String> tokens = Prompt.Tokens.of(prompt).tokens();
        requireLength(tokens.size());
        return new Context.Tokens(vocabulary.indices(tokens));
    }

    @Override
    public List<String> render(Context context, int[] actions, int length) {
        List<String> output = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            output.addAll(model.emissions().get(actions[i]));
        }
        return output;
    }

    /** One emission an input token, its output tokens with spaces between: the alignment is the demonstrator's. */
    @Override
    public int[] actions(Context context, List<String> output) {
        int tokens = Context.Tokens.of(context).tokens().length;
        if (output.size() != tokens) {
            throw new InvalidInputException("output: expected one emission for each of the " + tokens
                    + " input tokens, '' for none and 'X Y' for two, found " + output.size());
        }
        int[] actions = new int[tokens];
        for (int i = 0; i < tokens; i++) {
            String emission = output.get(i);
            actions[i] = model.emissions().indexOf(emission.isEmpty() ? List.of() : List.of(emission.split(" ")));
            if (actions[i] < 0) {
                throw new InvalidInputException(
                        "output[" + i + "]: expected one of model.emissions, found '" + emission + "'");
            }
        }
        return actions;
    }

    @Override
    public OptionalDouble uniformLogProb(Decision decision) {
        return OptionalDouble.of(-decision.actions().length * Math.log(emissions));
    }

    @Override
    public void validate(Decision decision) {
        int[] tokens = Context.Tokens.of(decision.context()).tokens();
        requireLength(tokens.length);
        vocabulary.requireIndices(tokens);
        decision.requireActions(tokens.length, emissions);
        decision.requireLogProbs();
    }

    private void requireLength(int tokens) {
        if (tokens < 1 || tokens > model.maxInput()) {
            throw new InvalidInputException("tokens: expected 1 to " + model.maxInput() + " input tokens, found "
                    + tokens + "; cut the input or raise model.max-input");
        }
    }

    @Override
    public void generate(Parameters theta, Context context, Sampling sampling, RandomGenerator random, Generated out) {
        int[] tokens = Context.Tokens.of(context).tokens();
        out.clear();
        reserve(tokens.length);
        features.windowRows(tokens, scratch.rows, 0);
        prefetch.read(theta.values(), scratch.rows, 0, tokens.length * features.count());
        for (int i = 0; i < tokens.length; i++) {
            features.historyRows(i, scratch.actions, scratch.rows, 0);
            float z = restrict(i, distribution(theta.values(), i, sampling), sampling);
            boolean greedy = sampling instanceof Sampling.Greedy;
            int action = greedy
                    ? Softmax.greatest(logits, 0, emissions)
                    : Softmax.sample(scratch.probabilities, i * emissions, emissions, z, random.nextDouble());
            scratch.actions[i] = action;
            out.append(action, greedy ? 0 : Softmax.logProb(logits[action], z));
            out.addEntropy(Softmax.entropy(logits, emissions, scratch.probabilities, i * emissions, z));
        }
    }

    private float restrict(int slot, float z, Sampling sampling) {
        return sampling instanceof Sampling.Stochastic stochastic
                ? truncation.restrict(
                        scratch.probabilities, slot * emissions, emissions, z, stochastic.topK(), stochastic.topP())
                : z;
    }

    @Override
    public void score(Parameters theta, Batch batch, Scores out) {
        for (int t = 0; t < batch.size(); t++) {
            forward(theta.values(), batch.trajectory(t));
            out.append(scratch.scores);
        }
    }

    @Override
    public void gradient(Parameters theta, Batch batch, Weighting weighting, GradientAccumulator out) {
        for (int t = 0; t < batch.size(); t++) {
            forward(theta.values(), batch.trajectory(t));
            scratch.weights.reset(scratch.scores.length());
            weighting.weigh(t, scratch.scores, scratch.weights);
            backward(scratch.scores.length(), (float) weighting.entropyBonus(t), out);
        }
    }

    @Override
    public Policy fork() {
        return new TransducerPolicy(model, vocabulary);
    }

    /** Scores a trajectory's decisions into the scratch space, one after another. */
    private void forward(float[] theta, Trajectory trajectory) {
        int length = 0;
        List<Decision> decisions = trajectory.decisions();
        for (int d = 0; d < decisions.size(); d++) {
            length += decisions.get(d).actions().length;
        }
        reserve(length);
        scratch.scores.reset(length);
        int at = 0;
        for (int d = 0; d < decisions.size(); d++) {
            Decision decision = decisions.get(d);
            forward(theta, Context.Tokens.of(decision.context()).tokens(), decision.actions(), at);
            at += decision.actions().length;
        }
    }

    private void forward(float[] theta, int[] tokens, int[] actions, int at) {
        int count = features.count();
        features.windowRows(tokens, scratch.rows, at * count);
        for (int i = 0; i < tokens.length; i++) {
            features.historyRows(i, actions, scratch.rows, at * count);
            scratch.actions[at + i] = actions[i];
        }
        prefetch.read(theta, scratch.rows, at * count, tokens.length * count);
        for (int i = 0; i < tokens.length; i++) {
            float z = distribution(theta, at + i, Sampling.AS_LEARNED);
            int p = (at + i) * emissions;
            scratch.scores.set(at + i, Softmax.logProb(logits[actions[i]], z), (float)
                    Softmax.entropy(logits, emissions, scratch.probabilities, p, z));
            Softmax.normalize(scratch.probabilities, p, emissions, z);
            Softmax.logProbs(logits, emissions, z, scratch.allLogProbs, p);
        }
    }

    /** Leaves the logits (greatest 0) of a slot in {@code logits}, their exponentials in {@code scratch}; answers with Z. */
    private float distribution(float[] theta, int slot, Sampling sampling) {
        int count = features.count();
        RowSums.sum(theta, emissions, scratch.rows, slot * count, count, logits);
        if (sampling instanceof Sampling.Stochastic stochastic && stochastic.temperature() != 1) {
            Softmax.scale(logits, emissions, (float) (1 / stochastic.temperature()));
        }
        return Softmax.exponentials(logits, emissions, scratch.probabilities, slot * emissions);
    }

    /** Adds Σ_i w_i ∇ log π(a_i) + β ∇ H_i; with respect to logit j that is w (1[j = a] − p_j) − β p_j (log p_j + H). */
    private void backward(int length, float entropyBonus, GradientAccumulator out) {
        int count = features.count();
        prefetch.read(out.values(), scratch.rows, 0, length * count);
        for (int i = 0; i < length; i++) {
            float weight = scratch.weights.policy(i);
            if (weight == 0 && entropyBonus == 0) {
                continue;
            }
            float[] slope = logits;
            int p = i * emissions;
            for (int j = 0; j < emissions; j++) {
                slope[j] = -weight * scratch.probabilities[p + j];
            }
            slope[scratch.actions[i]] += weight;
            if (entropyBonus != 0) {
                Softmax.addEntropySlope(
                        scratch.probabilities,
                        scratch.allLogProbs,
                        p,
                        emissions,
                        scratch.scores.entropy(i),
                        entropyBonus,
                        slope);
            }
            RowSums.addToEach(slope, emissions, scratch.rows, i * count, count, out);
        }
    }

    private void reserve(int positions) {
        scratch.reserve(positions, features.count(), emissions);
    }
}

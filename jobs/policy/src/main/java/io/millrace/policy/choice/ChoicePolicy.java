package io.millrace.policy.choice;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.softmax.Softmax;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Picks one of n candidates with probability
 *
 * <pre>q_k = (1 − ε) p_k + ε / n,    p = softmax_k Σ_f θ[row(f)] · value(f)</pre>
 *
 * over the terms f of {@link CandidateTerms}. π_θ is the mixture q: it is sampled from, recorded, scored and differentiated,
 * so importance weights stay exact under exploration. Its gradient with respect to logit k is
 * ∂ log q_a = (1 − ε) (p_a / q_a) (1[k = a] − p_k).
 *
 * <p>θ is one tensor [2^hash-bits × 1]; an update's row is a weight. θ₀ = 0 for every seed: the uniform distribution.
 */
final class ChoicePolicy implements Policy {

    private final ChoiceModel model;
    private final ParameterLayout layout;
    private final ChoiceContexts contexts;
    private final CandidateTerms terms;
    private final Mixture mixture;
    private final Choices scratch = new Choices();

    ChoicePolicy(ChoiceModel model) {
        this.model = model;
        this.layout = ParameterLayout.of("weights", 1 << model.hashBits(), 1);
        this.contexts = new ChoiceContexts(model.maxCandidates());
        this.terms = new CandidateTerms(model);
        this.mixture = new Mixture(model.exploration());
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
        return contexts.encode(prompt);
    }

    @Override
    public List<String> render(Context context, int[] actions, int length) {
        List<String> ids = ChoiceContexts.choice(context).ids();
        return Arrays.stream(actions, 0, length).mapToObj(ids::get).toList();
    }

    @Override
    public int[] actions(Context context, List<String> output) {
        List<String> ids = ChoiceContexts.choice(context).ids();
        int[] actions = new int[output.size()];
        for (int i = 0; i < actions.length; i++) {
            actions[i] = ids.indexOf(output.get(i));
            if (actions[i] < 0) {
                throw new InvalidInputException(
                        "output[" + i + "]: expected one of the candidates " + ids + ", found '" + output.get(i) + "'");
            }
        }
        return actions;
    }

    @Override
    public OptionalDouble uniformLogProb(Decision decision) {
        int candidates = ChoiceContexts.choice(decision.context()).candidates().size();
        return OptionalDouble.of(-Math.log(candidates));
    }

    @Override
    public void validate(Decision decision) {
        Context.Choice choice = ChoiceContexts.choice(decision.context());
        contexts.validate(choice);
        decision.requireActions(1, choice.candidates().size());
        decision.requireLogProbs();
    }

    @Override
    public void generate(Parameters theta, Context context, Sampling sampling, RandomGenerator random, Generated out) {
        Sampling.refuseRestriction(sampling, "choice");
        Context.Choice choice = ChoiceContexts.choice(context);
        out.clear();
        terms.clear();
        terms.add(choice);
        int n = choice.candidates().size();
        scratch.reserve(1, n);
        softmax(theta.values(), 0, n, sampling);
        int action = sampling instanceof Sampling.Greedy
                ? Softmax.greatest(scratch.logits, 0, n)
                : mixture.sample(scratch.probabilities, 0, n, random);
        out.append(action, mixture.logProb(scratch.probabilities, 0, n, action));
        out.addEntropy(mixture.entropy(scratch.probabilities, 0, n));
    }

    @Override
    public void score(Parameters theta, Batch batch, Scores out) {
        for (int t = 0; t < batch.size(); t++) {
            forward(theta.values(), batch.trajectory(t).decisions());
            out.append(scratch.scores);
        }
    }

    @Override
    public void gradient(Parameters theta, Batch batch, Weighting weighting, GradientAccumulator out) {
        for (int t = 0; t < batch.size(); t++) {
            forward(theta.values(), batch.trajectory(t).decisions());
            scratch.weights.reset(scratch.scores.length());
            weighting.weigh(t, scratch.scores, scratch.weights);
            double entropyBonus = weighting.entropyBonus(t);
            for (int i = 0; i < scratch.scores.length(); i++) {
                backward(i, scratch.weights.policy(i), entropyBonus, out);
            }
        }
    }

    @Override
    public Policy fork() {
        return new ChoicePolicy(model);
    }

    /** Scores a trajectory's choices into the scratch space. */
    private void forward(float[] theta, List<Decision> decisions) {
        terms.clear();
        for (int d = 0; d < decisions.size(); d++) {
            terms.add(ChoiceContexts.choice(decisions.get(d).context()));
        }
        scratch.reserve(decisions.size(), terms.candidates());
        scratch.scores.reset(decisions.size());
        int first = 0;
        for (int d = 0; d < decisions.size(); d++) {
            Decision decision = decisions.get(d);
            int n = ChoiceContexts.choice(decision.context()).candidates().size();
            softmax(theta, first, n, Sampling.AS_LEARNED);
            scratch.firsts[d] = first;
            scratch.counts[d] = n;
            scratch.actions[d] = decision.actions()[0];
            scratch.scores.set(d, mixture.logProb(scratch.probabilities, first, n, scratch.actions[d]), (float)
                    mixture.entropy(scratch.probabilities, first, n));
            first += n;
        }
    }

    /** Leaves p of the n candidates from {@code first} on in the scratch space. */
    private void softmax(float[] theta, int first, int n, Sampling sampling) {
        for (int k = 0; k < n; k++) {
            scratch.logits[k] = terms.logit(theta, first + k);
        }
        if (sampling instanceof Sampling.Stochastic stochastic && stochastic.temperature() != 1) {
            Softmax.scale(scratch.logits, n, (float) (1 / stochastic.temperature()));
        }
        float z = Softmax.exponentials(scratch.logits, n, scratch.probabilities, first);
        Softmax.normalize(scratch.probabilities, first, n, z);
    }

    private void backward(int choice, float weight, double entropyBonus, GradientAccumulator out) {
        int first = scratch.firsts[choice];
        int n = scratch.counts[choice];
        float[] slope = scratch.logits;
        mixture.slope(scratch.probabilities, first, n, scratch.actions[choice], weight, entropyBonus, slope);
        float[] values = out.values();
        for (int k = 0; k < n; k++) {
            for (int i = terms.start(first + k); i < terms.end(first + k); i++) {
                out.touch(terms.row(i));
                values[terms.row(i)] += slope[k] * terms.value(i);
            }
        }
    }
}

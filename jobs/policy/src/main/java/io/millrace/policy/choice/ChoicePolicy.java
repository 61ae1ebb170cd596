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
import io.millrace.policy.parameters.ParameterLayout.Tensor;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.softmax.Softmax;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Picks one of n candidates, or one after another an ordered list of them, each with probability
 *
 * <pre>q_k = (1 − ε) p_k + ε / n,    p = softmax_k Σ_f θ[row(f)] · value(f)</pre>
 *
 * over the terms f of {@link CandidateTerms}, where n and the softmax are of those eligible and not in the list yet
 * ({@link PlackettLuce}). Every place of the list is an action of its own. π_θ is the mixture q: it is sampled from,
 * recorded, scored and differentiated, so importance weights stay exact under exploration.
 *
 * <p>θ is one tensor [2^hash-bits × 1]; an update's row is a weight. θ₀ = 0 for every seed: the uniform distribution. With a
 * reward model there is a second tensor of the same shape, and q̂(x, a) = Σ_f θ₂[row(f)] · value(f) / Σ_f value(f)² over the
 * terms of candidate a, a constant and the shared features by themselves: what all candidates have in common is expected of
 * one never tried, too. q̂ is linear and knows no place of the list. The divisor makes a first step of AdaGrad move q̂ by the
 * learning rate however many terms there are; without it q̂ would overshoot and the policy commit to what it mistook.
 *
 * <p>With a sharpness γ there is the second tensor alone, and the policy is what it says:
 *
 * <pre>p = softmax_k γ q̂(x, k),    q̂(x, a) = Σ_f θ[row(f)] · value(f) / √(Σ_f value(f)²)</pre>
 *
 * over the terms of candidate a alone: exploration by Boltzmann's distribution. π is still differentiated through q̂, for
 * demonstrations and regularisers. With this divisor the step of plain gradient descent moves q̂ by the same share of its
 * error however many terms there are; AdaGrad with a small initial accumulator then learns rare terms fast, and common ones
 * as slowly as they have been seen often (the normalised updates of Ross, Mineiro and Langford 2013, without their state).
 */
final class ChoicePolicy implements Policy {

    private final ChoiceModel model;
    private final ParameterLayout layout;
    private final ChoiceContexts contexts;
    private final CandidateTerms terms;
    private final Slates scratch = new Slates();
    private final Mixture mixture;
    private final PlackettLuce slate;
    private final ChoiceForward forward;
    private final ChoiceBackward backward;

    ChoicePolicy(ChoiceModel model) {
        this.model = model;
        this.layout = layout(model);
        this.contexts = new ChoiceContexts(model);
        this.terms = new CandidateTerms(model);
        this.mixture = new Mixture(model.exploration());
        this.slate = new PlackettLuce(scratch);
        this.forward = new ChoiceForward(model, terms, mixture, slate, scratch);
        this.backward = new ChoiceBackward(model, terms, mixture, scratch);
    }

    private static ParameterLayout layout(ChoiceModel model) {
        var weights = new Tensor("weights", model.weights(), 1);
        var reward = new Tensor("reward", model.weights(), 1);
        if (model.choosesByReward()) {
            return new ParameterLayout(List.of(reward), 1);
        }
        return new ParameterLayout(model.rewardModel() ? List.of(weights, reward) : List.of(weights), 1);
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
    public boolean hasRewardModel() {
        return model.rewardModel();
    }

    @Override
    public boolean choosesByRewardModel() {
        return model.choosesByReward();
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
        int eligible = ChoiceContexts.choice(decision.context()).eligibleCandidates();
        double sum = 0;
        for (int place = 0; place < decision.actions().length; place++) {
            sum -= Math.log(eligible - place);
        }
        return OptionalDouble.of(sum);
    }

    @Override
    public void validate(Decision decision) {
        Context.Choice choice = ChoiceContexts.choice(decision.context());
        contexts.validate(choice);
        contexts.validateActions(choice, decision);
        decision.requireLogProbs();
    }

    @Override
    public void generate(Parameters theta, Context context, Sampling sampling, RandomGenerator random, Generated out) {
        Sampling.refuseRestriction(sampling, "choice");
        Context.Choice choice = ChoiceContexts.choice(context);
        out.clear();
        forward.read(theta.values(), choice);
        int places = model.places(choice.eligibleCandidates());
        for (int place = 0; place < places; place++) {
            if (place == 0) {
                slate.open(0, 0, choice);
            } else {
                slate.openNext(place - 1);
            }
            slate.softmax(place, 0, inverseTemperature(sampling));
            draw(place, sampling, random, out);
        }
    }

    private void draw(int place, Sampling sampling, RandomGenerator random, Generated out) {
        int at = scratch.firsts[place];
        int n = scratch.counts[place];
        boolean greedy = sampling instanceof Sampling.Greedy;
        int chosen =
                greedy ? Softmax.greatest(scratch.ofBlock, 0, n) : mixture.sample(scratch.probabilities, at, n, random);
        scratch.chosen[place] = chosen;
        float logProb = greedy ? 0 : mixture.logProb(scratch.probabilities, at, n, chosen);
        out.append(scratch.left[at + chosen], logProb);
        out.addEntropy(mixture.entropy(scratch.probabilities, at, n));
    }

    private static float inverseTemperature(Sampling sampling) {
        return sampling instanceof Sampling.Stochastic stochastic ? (float) (1 / stochastic.temperature()) : 1f;
    }

    @Override
    public void score(Parameters theta, Batch batch, Scores out) {
        for (int t = 0; t < batch.size(); t++) {
            forward.read(theta.values(), batch.trajectory(t).decisions());
            out.append(scratch.scores);
        }
    }

    @Override
    public void gradient(Parameters theta, Batch batch, Weighting weighting, GradientAccumulator out) {
        for (int t = 0; t < batch.size(); t++) {
            List<Decision> decisions = batch.trajectory(t).decisions();
            forward.read(theta.values(), decisions);
            scratch.weights.reset(scratch.scores.length());
            weighting.weigh(t, scratch.scores, scratch.weights);
            backward.add(decisions, weighting.entropyBonus(t), out);
        }
    }

    @Override
    public Policy fork() {
        return new ChoicePolicy(model);
    }
}

package io.millrace.policy.gradient;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.Parameters;
import java.util.List;
import java.util.random.RandomGenerator;

/** A softmax and a value for each of a few states: row s of θ holds the logits of its actions, then V(s). */
final class TabularPolicy implements Policy {

    private final int actions;
    private final ParameterLayout layout;
    private final ActionScores scores = new ActionScores();
    private final ActionWeights weights = new ActionWeights();
    private final double[] probabilities;

    TabularPolicy(int states, int actions) {
        this.actions = actions;
        this.layout = ParameterLayout.of("states", states, actions + 1);
        this.probabilities = new double[actions];
    }

    static Context state(int state) {
        return new Context.Dense(new float[] {state});
    }

    static int state(Decision decision) {
        return (int) ((Context.Dense) decision.context()).values()[0];
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public boolean hasValueHead() {
        return true;
    }

    @Override
    public void score(Parameters theta, Batch batch, Scores out) {
        for (int t = 0; t < batch.size(); t++) {
            forward(theta.values(), batch.trajectory(t).decisions());
            out.append(scores);
        }
    }

    @Override
    public void gradient(Parameters theta, Batch batch, Weighting weighting, GradientAccumulator out) {
        for (int t = 0; t < batch.size(); t++) {
            List<Decision> decisions = batch.trajectory(t).decisions();
            forward(theta.values(), decisions);
            weights.reset(scores.length());
            weighting.weigh(t, scores, weights);
            double entropyBonus = weighting.entropyBonus(t);
            for (int d = 0; d < decisions.size(); d++) {
                backward(theta.values(), decisions.get(d), d, entropyBonus, out);
            }
        }
    }

    /** Every decision has one action. */
    private void forward(float[] theta, List<Decision> decisions) {
        scores.reset(decisions.size());
        for (int d = 0; d < decisions.size(); d++) {
            Decision decision = decisions.get(d);
            double entropy = softmax(theta, state(decision));
            scores.set(d, (float) Math.log(probabilities[decision.actions()[0]]), (float) entropy);
            scores.setValue(d, theta[state(decision) * (actions + 1) + actions]);
        }
    }

    /** Fills in the probabilities; returns their entropy. */
    private double softmax(float[] theta, int state) {
        double z = 0;
        for (int a = 0; a < actions; a++) {
            probabilities[a] = Math.exp(theta[state * (actions + 1) + a]);
            z += probabilities[a];
        }
        double entropy = 0;
        for (int a = 0; a < actions; a++) {
            probabilities[a] /= z;
            entropy -= probabilities[a] * Math.log(probabilities[a]);
        }
        return entropy;
    }

    private void backward(float[] theta, Decision decision, int t, double entropyBonus, GradientAccumulator out) {
        int state = state(decision);
        double entropy = softmax(theta, state);
        out.touch(state);
        for (int a = 0; a < actions; a++) {
            double p = probabilities[a];
            double logit = weights.policy(t) * ((decision.actions()[0] == a ? 1 : 0) - p)
                    - entropyBonus * p * (Math.log(p) + entropy);
            out.values()[state * (actions + 1) + a] += (float) logit;
        }
        out.values()[state * (actions + 1) + actions] += weights.value(t);
    }

    @Override
    public void initialize(float[] theta, long seed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Context encode(Prompt prompt) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> render(Context context, int[] indices, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void validate(Decision decision) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void generate(Parameters theta, Context context, Sampling sampling, RandomGenerator random, Generated out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Policy fork() {
        throw new UnsupportedOperationException();
    }
}

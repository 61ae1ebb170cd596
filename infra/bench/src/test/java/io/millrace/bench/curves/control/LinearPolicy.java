package io.millrace.bench.curves.control;

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
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * p(1) = σ(w · x) and V = v · x, of two numbers x: row i of θ holds w_i, v_i. Without an entropy bonus. A last
 * decision without an action is the state of a cut.
 */
final class LinearPolicy implements Policy {

    private final ParameterLayout layout = ParameterLayout.of("inputs", 2, 2);
    private final ActionScores scores = new ActionScores();
    private final ActionWeights weights = new ActionWeights();

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public void initialize(float[] theta, long seed) {}

    @Override
    public boolean hasValueHead() {
        return true;
    }

    @Override
    public Context encode(Prompt prompt) {
        return new Context.Dense(((Prompt.Dense) prompt).values());
    }

    @Override
    public List<String> render(Context context, int[] actions, int length) {
        return Arrays.stream(actions, 0, length).mapToObj(Integer::toString).toList();
    }

    @Override
    public void validate(Decision decision) {}

    @Override
    public void generate(Parameters theta, Context context, Sampling sampling, RandomGenerator random, Generated out) {
        double p = probabilityOfOne(theta, context);
        int action = random.nextDouble() < p ? 1 : 0;
        out.append(action, (float) Math.log(action == 1 ? p : 1 - p));
    }

    @Override
    public void score(Parameters theta, Batch batch, Scores out) {
        for (int t = 0; t < batch.size(); t++) {
            forward(theta, batch.trajectory(t).decisions());
            out.append(scores);
        }
    }

    @Override
    public void gradient(Parameters theta, Batch batch, Weighting weighting, GradientAccumulator out) {
        out.touch(0);
        out.touch(1);
        for (int t = 0; t < batch.size(); t++) {
            List<Decision> decisions = batch.trajectory(t).decisions();
            forward(theta, decisions);
            weights.reset(scores.length());
            weighting.weigh(t, scores, weights);
            for (int d = 0; d < scores.length(); d++) {
                backward(theta, decisions.get(d), d, out);
            }
        }
    }

    private void forward(Parameters theta, List<Decision> decisions) {
        Decision last = decisions.get(decisions.size() - 1);
        boolean cut = last.actions().length == 0;
        scores.reset(decisions.size() - (cut ? 1 : 0));
        if (cut) {
            scores.setFinalValue((float) sum(theta, last.context(), 1));
        }
        for (int d = 0; d < scores.length(); d++) {
            double p = probabilityOfOne(theta, decisions.get(d).context());
            scores.set(d, (float) Math.log(isOne(decisions.get(d)) ? p : 1 - p), 0f);
            scores.setValue(d, (float) sum(theta, decisions.get(d).context(), 1));
        }
    }

    private void backward(Parameters theta, Decision decision, int t, GradientAccumulator out) {
        double surprise = (isOne(decision) ? 1 : 0) - probabilityOfOne(theta, decision.context());
        float[] x = ((Context.Dense) decision.context()).values();
        for (int i = 0; i < 2; i++) {
            out.values()[2 * i] += (float) (weights.policy(t) * surprise * x[i]);
            out.values()[2 * i + 1] += weights.value(t) * x[i];
        }
    }

    private static boolean isOne(Decision decision) {
        return decision.actions()[0] == 1;
    }

    private static double probabilityOfOne(Parameters theta, Context context) {
        return 1 / (1 + Math.exp(-sum(theta, context, 0)));
    }

    private static double sum(Parameters theta, Context context, int column) {
        float[] x = ((Context.Dense) context).values();
        return theta.values()[column] * x[0] + theta.values()[2 + column] * x[1];
    }

    @Override
    public Policy fork() {
        return new LinearPolicy();
    }
}

package io.millrace.policy.choice;

import io.millrace.policy.Context;
import io.millrace.policy.ExactPolicy;
import io.millrace.policy.Features;
import io.millrace.policy.Policy;
import java.util.List;

/** Two choices, among four candidates and among three, with exploration: 12 trajectories. */
public final class ExactChoice implements ExactPolicy {

    private static final double EXPLORATION = 0.2;

    private final ChoiceModel model = new ChoiceModel(6, true, true, EXPLORATION, 10);
    private final CandidateTerms terms = new CandidateTerms(model);

    @Override
    public Policy policy() {
        return new ChoicePolicy(model);
    }

    @Override
    public List<Context> contexts() {
        Features shared = new Features(new long[] {11, 12}, new float[] {1, -0.5f});
        Features one = new Features(new long[] {21}, new float[] {1});
        Features two = new Features(new long[] {21, 22}, new float[] {0.5f, 2});
        Features none = new Features(new long[0], new float[0]);
        return List.of(
                new Context.Choice(shared, List.of(one, two, none, two), List.of("a", "b", "c", "d")),
                new Context.Choice(none, List.of(two, none, one), List.of("a", "b", "e")));
    }

    @Override
    public List<int[]> outputs(Context context) {
        return ExactPolicy.sequences(1, ((Context.Choice) context).candidates().size());
    }

    @Override
    public double[] logProbs(float[] theta, Context context, int[] actions, double scale, double[] gradient) {
        Context.Choice choice = (Context.Choice) context;
        int n = choice.candidates().size();
        terms.clear();
        terms.add(choice);
        double[] p = new double[n];
        double z = 0;
        for (int k = 0; k < n; k++) {
            for (int i = terms.start(k); i < terms.end(k); i++) {
                p[k] += (double) theta[terms.row(i)] * terms.value(i);
            }
            p[k] = Math.exp(p[k]);
            z += p[k];
        }
        int a = actions[0];
        double q = (1 - EXPLORATION) * p[a] / z + EXPLORATION / n;
        for (int k = 0; k < n; k++) {
            double slope = (1 - EXPLORATION) * p[a] / z * ((k == a ? 1 : 0) - p[k] / z) / q;
            for (int i = terms.start(k); i < terms.end(k); i++) {
                gradient[terms.row(i)] += scale * slope * terms.value(i);
            }
        }
        return new double[] {Math.log(q)};
    }
}

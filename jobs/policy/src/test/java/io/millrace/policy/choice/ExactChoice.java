package io.millrace.policy.choice;

import io.millrace.policy.Context;
import io.millrace.policy.ExactPolicy;
import io.millrace.policy.Features;
import io.millrace.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** Two choices with exploration, among four candidates and among three; or two lists of two, with one candidate excluded. */
public final class ExactChoice implements ExactPolicy {

    private static final double EXPLORATION = 0.2;
    private static final double SHARPNESS = 1.5;

    private final ChoiceModel model;
    private final CandidateTerms terms;
    private final boolean[] eligible;
    private final int choices;

    private ExactChoice(int choices, ChoiceModel model, boolean... eligible) {
        this.choices = choices;
        this.model = model;
        this.terms = new CandidateTerms(model);
        this.eligible = eligible;
    }

    private static ChoiceModel model(int slateSize, boolean rewardModel, double sharpness) {
        return new ChoiceModel(6, true, true, EXPLORATION, 10, slateSize, rewardModel, sharpness);
    }

    /** 12 trajectories of one candidate each time. */
    public ExactChoice() {
        this(2, model(1, false, 0), true, true, true, true);
    }

    /** 36 trajectories of two lists each. */
    public static ExactChoice ofSlates() {
        return new ExactChoice(2, model(2, false, 0), true, false, true, true);
    }

    /** The 12 trajectories, by a policy that has a reward model. */
    public static ExactChoice withRewardModel() {
        return new ExactChoice(2, model(1, true, 0), true, true, true, true);
    }

    /** The 36 trajectories, by a policy that has a reward model. */
    public static ExactChoice ofSlatesWithRewardModel() {
        return new ExactChoice(2, model(2, true, 0), true, false, true, true);
    }

    /** One choice of one candidate, by a policy that has a reward model: 4 trajectories. */
    public static ExactChoice ofOneChoiceWithRewardModel() {
        return new ExactChoice(1, model(1, true, 0), true, true, true, true);
    }

    /** The 12 trajectories, by a policy that chooses by its reward model. */
    public static ExactChoice choosingByReward() {
        return new ExactChoice(2, model(1, true, SHARPNESS), true, true, true, true);
    }

    /** The 36 trajectories, by a policy that chooses by its reward model. */
    public static ExactChoice ofSlatesChoosingByReward() {
        return new ExactChoice(2, model(2, true, SHARPNESS), true, false, true, true);
    }

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
        List<Context> contexts = List.of(
                new Context.Choice(shared, List.of(one, two, none, two), List.of("a", "b", "c", "d"), eligible),
                new Context.Choice(none, List.of(two, none, one), List.of("a", "b", "e")));
        return contexts.subList(0, choices);
    }

    @Override
    public List<int[]> outputs(Context context) {
        Context.Choice choice = (Context.Choice) context;
        int n = choice.candidates().size();
        List<int[]> lists = new ArrayList<>();
        for (int[] list : ExactPolicy.sequences(model.places(choice.eligibleCandidates()), n)) {
            boolean[] left = choice.eligible().clone();
            boolean possible = true;
            for (int action : list) {
                possible &= left[action];
                left[action] = false;
            }
            if (possible) {
                lists.add(list);
            }
        }
        return lists;
    }

    @Override
    public double[] logProbs(float[] theta, Context context, int[] actions, double scale, double[] gradient) {
        Context.Choice choice = (Context.Choice) context;
        terms.clear();
        terms.add(choice);
        boolean[] left = choice.eligible().clone();
        double[] logProbs = new double[actions.length];
        for (int i = 0; i < actions.length; i++) {
            logProbs[i] = place(theta, left, actions[i], scale, gradient);
            left[actions[i]] = false;
        }
        return logProbs;
    }

    private double place(float[] theta, boolean[] left, int action, double scale, double[] gradient) {
        double[] p = new double[left.length];
        double z = 0;
        int n = 0;
        for (int k = 0; k < left.length; k++) {
            if (left[k]) {
                p[k] = Math.exp(factor(k) * sum(theta, k));
                z += p[k];
                n++;
            }
        }
        double q = (1 - EXPLORATION) * p[action] / z + EXPLORATION / n;
        for (int k = 0; k < left.length; k++) {
            double slope = (1 - EXPLORATION) * p[action] / z * ((k == action ? 1 : 0) - p[k] / z) / q;
            for (int i = terms.start(k); i < terms.end(k); i++) {
                gradient[terms.row(i)] += scale * slope * factor(k) * terms.value(i);
            }
        }
        return Math.log(q);
    }

    /** A logit is γ q̂ with q̂ = Σ θ value / √Σ value², or Σ θ value. */
    private double factor(int candidate) {
        if (model.sharpness() == 0) {
            return 1;
        }
        double squares = 0;
        for (int i = terms.start(candidate); i < terms.end(candidate); i++) {
            squares += terms.value(i) * terms.value(i);
        }
        return model.sharpness() / Math.sqrt(squares);
    }

    private double sum(float[] theta, int candidate) {
        double sum = 0;
        for (int i = terms.start(candidate); i < terms.end(candidate); i++) {
            sum += (double) theta[terms.row(i)] * terms.value(i);
        }
        return sum;
    }
}

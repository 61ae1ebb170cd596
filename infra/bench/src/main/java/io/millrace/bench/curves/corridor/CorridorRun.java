package io.millrace.bench.curves.corridor;

import io.millrace.bench.learner.MemoryLearner;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Prompt;
import io.millrace.policy.Trajectory;
import io.millrace.policy.gradient.RunningAverage;
import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One corridor, learned from scratch, an episode at a time; every episode is a trajectory of many steps. */
final class CorridorRun {

    /** Where the book's curves begin: nearly always left, as far from the optimum as ε-greedy with ε = 0.1 is. */
    private static final double FIRST_P_RIGHT = 0.05;

    /** Ids of the candidates, in this order. */
    static final String LEFT = "left";

    static final String RIGHT = "right";
    private static final int GO_LEFT = 0;
    private static final int GO_RIGHT = 1;
    /** Only a policy that has all but given up going one way exceeds it. */
    private static final int MOST_STEPS = 100_000;

    private final MemoryLearner learner;
    private final Context everywhere;
    private final SplittableRandom random;
    private final ShortCorridor corridor = new ShortCorridor();
    private final BaselineSpec baseline;
    private final Batch batch = new Batch();
    private final float[] first;
    /** Of the returns that followed each step: v̂ of the states, which all look alike. */
    private RunningAverage average = RunningAverage.EMPTY;

    CorridorRun(PolicyDefinition definition, long seed) {
        this.learner = new MemoryLearner(definition);
        this.baseline = definition.estimator().baseline();
        this.random = new SplittableRandom(seed);
        this.everywhere = learner.policy()
                .encode(new Prompt.Choice(
                        Map.of(), List.of(new Prompt.Option(LEFT, Map.of()), new Prompt.Option(RIGHT, Map.of()))));
        preferLeft();
        this.first = learner.theta().values().clone();
    }

    /** From θ = 0, where ∇ log π(right) is ½ for right and −½ for left, a step of length c makes the logits differ by c. */
    private void preferLeft() {
        double c = logit(FIRST_P_RIGHT);
        Decision right = new Decision(everywhere, new int[] {GO_RIGHT}, new float[] {(float) Math.log(0.5)});
        batch.add(Trajectory.of(right), c / learner.definition().optimizer().learningRate());
        learner.learn(batch);
    }

    /** θ where every run begins. */
    static float[] firstParameters(PolicyDefinition definition) {
        return new CorridorRun(definition, 0).first;
    }

    /** From here on as if that were what has been learned; the logits, of a context without features, are on one line. */
    void moveTo(double probabilityOfRight) {
        double factor = logit(probabilityOfRight) / logit(FIRST_P_RIGHT);
        float[] theta = learner.theta().values();
        for (int i = 0; i < theta.length; i++) {
            theta[i] = (float) (factor * first[i]);
        }
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    /** Learns from a walk of somebody else's, as if it had been its own. */
    void learn(Walk walk) {
        List<Decision> decisions = new ArrayList<>();
        double right = probabilityOfRight();
        for (int step = 0; step < walk.steps(); step++) {
            boolean goesRight = walk.right(step);
            float logProb = (float) Math.log(goesRight ? right : 1 - right);
            decisions.add(new Decision(everywhere, new int[] {goesRight ? GO_RIGHT : GO_LEFT}, new float[] {logProb}));
        }
        learn(decisions);
    }

    /** Walks to the goal and learns from it, the first time the baseline only; the return. */
    double episode() {
        List<Decision> decisions = new ArrayList<>();
        corridor.reset();
        while (!corridor.isAtGoal() && decisions.size() < MOST_STEPS) {
            Decision decision = learner.decide(everywhere, random);
            corridor.move(decision.actions()[0] == GO_RIGHT);
            decisions.add(decision);
        }
        return learn(decisions);
    }

    private double learn(List<Decision> decisions) {
        double[] rewards = new double[decisions.size()];
        Arrays.fill(rewards, ShortCorridor.REWARD);
        double sum = rewards.length * ShortCorridor.REWARD;
        if (average.count() > 0 || baseline.kind() == BaselineSpec.Kind.NONE) {
            batch.clear();
            batch.add(new Trajectory(decisions, rewards, Trajectory.Origin.GENERATED), sum - average.mean());
            learner.learn(batch);
        }
        for (int following = rewards.length; following > 0; following--) {
            average = average.plus(following * ShortCorridor.REWARD, baseline);
        }
        return sum;
    }

    /** π_θ(right), the same in every state. */
    double probabilityOfRight() {
        Decision decision = learner.decide(everywhere, random);
        double p = Math.exp(decision.logProbs()[0]);
        return decision.actions()[0] == GO_LEFT ? 1 - p : p;
    }
}

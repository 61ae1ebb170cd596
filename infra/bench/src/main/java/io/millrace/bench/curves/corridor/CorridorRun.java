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

    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    /** Only a policy that has all but given up going one way exceeds it. */
    private static final int MOST_STEPS = 100_000;

    private final MemoryLearner learner;
    private final Context everywhere;
    private final SplittableRandom random;
    private final ShortCorridor corridor = new ShortCorridor();
    private final BaselineSpec baseline;
    private final Batch batch = new Batch();
    /** Of the returns that followed each step: v̂ of the states, which all look alike. */
    private RunningAverage average = RunningAverage.EMPTY;

    CorridorRun(PolicyDefinition definition, long seed) {
        this.learner = new MemoryLearner(definition);
        this.baseline = definition.estimator().baseline();
        this.random = new SplittableRandom(seed);
        this.everywhere = learner.policy()
                .encode(new Prompt.Choice(
                        Map.of(), List.of(new Prompt.Option("left", Map.of()), new Prompt.Option("right", Map.of()))));
        preferLeft();
    }

    /** From θ = 0, where ∇ log π(right) is ½ for right and −½ for left, a step of length c makes the logits differ by c. */
    private void preferLeft() {
        double c = Math.log(FIRST_P_RIGHT / (1 - FIRST_P_RIGHT));
        Decision right = new Decision(everywhere, new int[] {RIGHT}, new float[] {(float) Math.log(0.5)});
        batch.add(Trajectory.of(right), c / learner.definition().optimizer().learningRate());
        learner.learn(batch);
    }

    /** Walks to the goal and learns from it, the first time the baseline only; the return. */
    double episode() {
        List<Decision> decisions = new ArrayList<>();
        corridor.reset();
        while (!corridor.isAtGoal() && decisions.size() < MOST_STEPS) {
            Decision decision = learner.decide(everywhere, random);
            corridor.move(decision.actions()[0] == RIGHT);
            decisions.add(decision);
        }
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
        return decision.actions()[0] == LEFT ? 1 - p : p;
    }
}

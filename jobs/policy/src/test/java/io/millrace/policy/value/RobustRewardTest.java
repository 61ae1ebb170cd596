package io.millrace.policy.value;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.ExactPolicy;
import io.millrace.policy.Policy;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Weighting;
import io.millrace.policy.choice.ExactChoice;
import io.millrace.policy.parameters.GradientAccumulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expectations over every trajectory that there is, of rewards and a reward model that have nothing to do with each other. */
class RobustRewardTest {

    private static final int WEIGHTS = 64;

    private final float[] target = randomVector(2 * WEIGHTS, new SplittableRandom(1));
    private final float[] behaviour = randomVector(2 * WEIGHTS, new SplittableRandom(2));

    static Stream<ExactPolicy> policies() {
        return Stream.of(
                ExactChoice.ofOneChoiceWithRewardModel(),
                ExactChoice.withRewardModel(),
                ExactChoice.ofSlatesWithRewardModel());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void isUnbiasedForTheCurrentPolicyWhateverTheModelSays(ExactPolicy exact) {
        World world = new World(exact);
        double value = 0;
        double estimate = 0;
        for (int t = 0; t < world.trajectories.size(); t++) {
            value += Math.exp(world.logProb(target, t)) * world.rewards[t];
            RobustReward robust = world.ofCurrent(t);
            assertThat(Math.log(robust.weight()))
                    .isEqualTo(world.logProb(target, t) - world.logProb(behaviour, t), within(1e-5));
            estimate += Math.exp(world.logProb(behaviour, t)) * robust.of(world.rewards[t], 0.3);
        }
        assertThat(estimate).isEqualTo(value, within(1e-5));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void isUnbiasedForTheUniformPolicyWhateverTheModelSays(ExactPolicy exact) {
        World world = new World(exact);
        double estimate = 0;
        for (int t = 0; t < world.trajectories.size(); t++) {
            estimate +=
                    Math.exp(world.logProb(behaviour, t)) * world.ofUniform(t).of(world.rewards[t], 0.3);
        }
        // Every trajectory is as likely as any other: the numbers of candidates do not depend on what was chosen.
        double value = Arrays.stream(world.rewards).average().orElseThrow();
        assertThat(estimate).isEqualTo(value, within(1e-5));
    }

    @Test
    void hasNoVarianceWhereTheModelIsRight() {
        World world = new World(ExactChoice.ofOneChoiceWithRewardModel());
        double[] right = new double[world.trajectories.size()];
        double value = 0;
        for (int t = 0; t < right.length; t++) {
            right[t] = 0.3 + world.scores(t).taken[0];
            value += Math.exp(world.logProb(target, t)) * right[t];
        }
        for (int t = 0; t < right.length; t++) {
            assertThat(world.ofCurrent(t).of(right[t], 0.3)).isEqualTo(value, within(1e-5));
        }
    }

    @Test
    void isFiniteHoweverUnlikelyTheActionsWere() {
        var robust = new RobustReward();
        robust.take(1e6, 0.5, 0.1, 0);

        assertThat(robust.weight()).isEqualTo(Math.exp(60));
        assertThat(robust.of(1, 0)).isFinite();
    }

    /** What the forward pass says of a trajectory's actions. */
    private record Said(double[] ofCurrent, double[] ofUniform, double[] taken, double[] current, double[] uniform) {}

    private final class World {

        private final ExactPolicy exact;
        private final Policy policy;
        private final List<List<int[]>> trajectories;
        private final double[] rewards;

        World(ExactPolicy exact) {
            this.exact = exact;
            this.policy = exact.policy();
            this.trajectories = exact.trajectories();
            this.rewards = new SplittableRandom(3).doubles(trajectories.size()).toArray();
        }

        RobustReward ofCurrent(int trajectory) {
            Said said = scores(trajectory);
            return robust(trajectory, said.ofCurrent, said.taken, said.current);
        }

        RobustReward ofUniform(int trajectory) {
            Said said = scores(trajectory);
            return robust(trajectory, said.ofUniform, said.taken, said.uniform);
        }

        private RobustReward robust(int trajectory, double[] logProbs, double[] taken, double[] expected) {
            var robust = new RobustReward();
            int at = 0;
            for (Decision decision : recorded(trajectory).decisions()) {
                int places = decision.actions().length;
                for (int i = 0; i < places; i++, at++) {
                    robust.take(logProbs[at] - decision.logProbs()[i], taken[at], expected[at], places - 1 - i);
                }
            }
            return robust;
        }

        Said scores(int trajectory) {
            var batch = new Batch();
            batch.add(recorded(trajectory), 0);
            var listener = new Listener();
            policy.gradient(parameters(target), batch, listener, new GradientAccumulator(policy.layout()));
            return listener.said.get(0);
        }

        private Trajectory recorded(int trajectory) {
            List<Decision> decisions = new ArrayList<>();
            for (int d = 0; d < exact.contexts().size(); d++) {
                double[] exactly = logProbs(behaviour, d, trajectory);
                float[] recorded = new float[exactly.length];
                for (int i = 0; i < recorded.length; i++) {
                    recorded[i] = (float) exactly[i];
                }
                decisions.add(new Decision(
                        exact.contexts().get(d), trajectories.get(trajectory).get(d), recorded));
            }
            return new Trajectory(decisions);
        }

        double logProb(float[] theta, int trajectory) {
            double sum = 0;
            for (int d = 0; d < exact.contexts().size(); d++) {
                sum += Arrays.stream(logProbs(theta, d, trajectory)).sum();
            }
            return sum;
        }

        private double[] logProbs(float[] theta, int d, int trajectory) {
            int[] actions = trajectories.get(trajectory).get(d);
            return exact.logProbs(theta, exact.contexts().get(d), actions, 0, new double[WEIGHTS]);
        }
    }

    private static final class Listener implements Weighting {

        private final List<Said> said = new ArrayList<>();

        @Override
        public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
            int n = scores.length();
            var one = new Said(new double[n], new double[n], new double[n], new double[n], new double[n]);
            for (int i = 0; i < n; i++) {
                one.ofCurrent[i] = scores.logProb(i);
                one.ofUniform[i] = scores.uniformLogProb(i);
                one.taken[i] = scores.actionValue(i);
                one.current[i] = scores.expectedActionValue(i);
                one.uniform[i] = scores.uniformActionValue(i);
            }
            said.add(one);
        }

        @Override
        public double entropyBonus(int trajectory) {
            return 0;
        }
    }
}

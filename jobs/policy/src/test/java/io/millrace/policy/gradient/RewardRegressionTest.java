package io.millrace.policy.gradient;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.ExactPolicy;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.choice.ExactChoice;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.spec.EstimatorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expectations over every trajectory that there is, against differences of the expected loss. */
class RewardRegressionTest {

    private static final int WEIGHTS = 64;
    private static final double COEFFICIENT = 0.25;

    static Stream<ExactPolicy> policies() {
        return Stream.of(ExactChoice.choosingByReward(), ExactChoice.ofSlatesChoosingByReward());
    }

    /** ∇ of −½ c Σ_τ w(τ) (R − Σ q̂)², w held fixed: of the current policy's trajectories although another one made them. */
    @ParameterizedTest
    @MethodSource("policies")
    void descendsTheLossWhereTheCurrentPolicyGoes(ExactPolicy exact) {
        World world = new World(exact);
        assertClose(
                world.expectation(Map.of("importance-clip", "unlimited")),
                world.descent(world.probabilities(world.target)));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void withoutImportanceWeightsDescendsTheLossWhereTheBehaviourPolicyWent(ExactPolicy exact) {
        World world = new World(exact);
        assertClose(
                world.expectation(Map.of("importance-clip", 0)), world.descent(world.probabilities(world.behaviour)));
    }

    @Test
    void standsStillWhereTheRewardModelIsRight() {
        World world = new World(ExactChoice.choosingByReward());
        for (int t = 0; t < world.rewards.length; t++) {
            world.rewards[t] = world.expected(world.target, t);
        }
        for (double element : world.expectation(Map.of())) {
            assertThat(element).isEqualTo(0, within(1e-6));
        }
    }

    @Test
    void aDemonstrationIsImitatedThroughTheRewardModel() {
        World world = new World(ExactChoice.choosingByReward());
        var batch = new Batch();
        Decision shown = new Decision(world.exact.contexts().get(0), new int[] {2}, new float[] {0});
        batch.add(new Trajectory(List.of(shown), new double[1], Trajectory.Origin.DEMONSTRATED), 1);
        double before = world.logProb(shown);
        var out = new GradientAccumulator(world.exact.policy().layout());

        new PolicyGradient(world.exact.policy(), world.spec(Map.of()))
                .accumulate(parameters(world.target), batch, out, new BatchStatistics());
        for (int i = 0; i < WEIGHTS; i++) {
            world.target[i] += 0.1f * out.values()[i];
        }

        assertThat(world.logProb(shown)).isGreaterThan(before + 0.01);
    }

    private static void assertClose(double[] estimate, double[] exact) {
        double norm = 0;
        for (int i = 0; i < WEIGHTS; i++) {
            assertThat(estimate[i]).as("element %d", i).isEqualTo(exact[i], within(1e-5));
            norm += exact[i] * exact[i];
        }
        assertThat(norm).isGreaterThan(1e-3);
    }

    /** Two parameter vectors and a reward for every trajectory. */
    private static final class World {

        private final ExactPolicy exact;
        private final float[] target = randomVector(WEIGHTS, new SplittableRandom(1));
        private final float[] behaviour = randomVector(WEIGHTS, new SplittableRandom(2));
        private final List<List<int[]>> trajectories;
        private final double[] rewards;

        World(ExactPolicy exact) {
            this.exact = exact;
            this.trajectories = exact.trajectories();
            this.rewards = new SplittableRandom(3).doubles(trajectories.size()).toArray();
        }

        EstimatorSpec spec(Map<String, Object> more) {
            Map<String, Object> section = new HashMap<>(more);
            section.put("algorithm", "reward-regression");
            section.put("returns", Map.of("value-coefficient", COEFFICIENT));
            return EstimatorSpec.of(section);
        }

        double[] expectation(Map<String, Object> spec) {
            double[] mu = probabilities(behaviour);
            double[] sum = new double[WEIGHTS];
            for (int t = 0; t < mu.length; t++) {
                var batch = new Batch();
                batch.add(recorded(t), rewards[t]);
                var out = new GradientAccumulator(exact.policy().layout());
                new PolicyGradient(exact.policy(), spec(spec))
                        .accumulate(parameters(target), batch, out, new BatchStatistics());
                for (int i = 0; i < WEIGHTS; i++) {
                    sum[i] += mu[t] * out.values()[i];
                }
            }
            return sum;
        }

        /** The loss is quadratic, so central differences have no error but rounding. */
        double[] descent(double[] weights) {
            double[] descent = new double[WEIGHTS];
            for (int i = 0; i < WEIGHTS; i++) {
                float at = target[i];
                target[i] = at + 0.5f;
                double above = loss(weights);
                target[i] = at - 0.5f;
                double below = loss(weights);
                target[i] = at;
                descent[i] = below - above;
            }
            return descent;
        }

        private double loss(double[] weights) {
            double sum = 0;
            for (int t = 0; t < weights.length; t++) {
                double residual = rewards[t] - expected(target, t);
                sum += COEFFICIENT / 2 * weights[t] * residual * residual;
            }
            return sum;
        }

        private double expected(float[] theta, int trajectory) {
            var scores = scores(theta, recorded(trajectory));
            double sum = 0;
            for (int i = 0; i < scores.length(); i++) {
                sum += scores.actionValue(i);
            }
            return sum;
        }

        double[] probabilities(float[] theta) {
            double[] probabilities = new double[trajectories.size()];
            for (int t = 0; t < probabilities.length; t++) {
                for (float logProb : logProbs(theta, t)) {
                    probabilities[t] += logProb;
                }
                probabilities[t] = Math.exp(probabilities[t]);
            }
            return probabilities;
        }

        double logProb(Decision decision) {
            return scores(target, Trajectory.of(decision)).logProb(0);
        }

        private Scores scores(float[] theta, Trajectory trajectory) {
            var batch = new Batch();
            batch.add(trajectory, 0);
            var scores = new Scores();
            exact.policy().score(parameters(theta), batch, scores);
            return scores;
        }

        private Trajectory recorded(int trajectory) {
            float[] logProbs = logProbs(behaviour, trajectory);
            List<Decision> decisions = new ArrayList<>();
            int at = 0;
            for (int d = 0; d < exact.contexts().size(); d++) {
                int[] actions = trajectories.get(trajectory).get(d);
                float[] recorded = new float[actions.length];
                System.arraycopy(logProbs, at, recorded, 0, recorded.length);
                at += recorded.length;
                decisions.add(new Decision(exact.contexts().get(d), actions, recorded));
            }
            return new Trajectory(decisions);
        }

        /** Of all actions in order, by the definition. */
        private float[] logProbs(float[] theta, int trajectory) {
            List<Double> all = new ArrayList<>();
            for (int d = 0; d < exact.contexts().size(); d++) {
                int[] actions = trajectories.get(trajectory).get(d);
                for (double logProb : exact.logProbs(theta, exact.contexts().get(d), actions, 0, new double[WEIGHTS])) {
                    all.add(logProb);
                }
            }
            float[] logProbs = new float[all.size()];
            for (int i = 0; i < logProbs.length; i++) {
                logProbs[i] = all.get(i).floatValue();
            }
            return logProbs;
        }
    }
}

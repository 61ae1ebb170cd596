package io.millrace.policy.gradient;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.ExactPolicy;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.Trajectory;
import io.millrace.policy.choice.ExactChoice;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.spec.EstimatorSpec;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.PolicySpecException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expectations of the estimator, summed over every trajectory that there is, whatever the reward model says. */
class DoublyRobustTest {

    private static final int WEIGHTS = 64;
    private static final Map<String, Object> UNTRUNCATED = Map.of("importance-clip", "unlimited");

    static Stream<ExactPolicy> policies() {
        return Stream.of(
                ExactChoice.ofOneChoiceWithRewardModel(),
                ExactChoice.withRewardModel(),
                ExactChoice.ofSlatesWithRewardModel());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void isUnbiasedOnItsOwnTrajectoriesForAnyRewardModel(ExactPolicy exact) {
        for (int rewardSeed = 1; rewardSeed <= 3; rewardSeed++) {
            World world = new World(exact, 1, 1, rewardSeed);
            assertClose(world.expectation(Map.of()), world.exactGradient());
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void isUnbiasedOnAnotherPolicysTrajectoriesForAnyRewardModel(ExactPolicy exact) {
        for (int rewardSeed = 1; rewardSeed <= 3; rewardSeed++) {
            World world = new World(exact, 1, 2, rewardSeed);
            assertClose(world.expectation(UNTRUNCATED), world.exactGradient());
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void isBiasedWithoutImportanceWeightsWhereTheRewardModelIsWrong(ExactPolicy exact) {
        World world = new World(exact, 1, 2, 1);
        assertThat(distance(world.expectation(Map.of("importance-clip", 0)), world.exactGradient()))
                .isGreaterThan(0.05 * norm(world.exactGradient()));
    }

    /** The other half of what the name says: with the right q̂ it needs no right ρ. */
    @Test
    void isUnbiasedWithoutImportanceWeightsWhereTheRewardModelIsRight() {
        World world = new World(ExactChoice.ofOneChoiceWithRewardModel(), 1, 2, 1).withRewardsOfTheModel();
        assertClose(world.expectation(Map.of("importance-clip", 0)), world.exactGradient());
        assertClose(world.expectation(Map.of("importance-clip", 1.01)), world.exactGradient());
    }

    @Test
    void hasNoVarianceFromActionsWhereTheRewardModelIsRight() {
        World world = new World(ExactChoice.ofOneChoiceWithRewardModel(), 1, 1, 1).withRewardsOfTheModel();
        float[] first = world.gradient(0, Map.of());
        for (int t = 1; t < world.trajectories.size(); t++) {
            float[] other = world.gradient(t, Map.of());
            for (int i = 0; i < WEIGHTS; i++) {
                assertThat(other[i]).isEqualTo(first[i], within(1e-5f));
            }
        }
    }

    /** ½ c (R − b − Σ q̂)² goes down along v; its derivative by Σ q̂ is the residual. */
    @Test
    void movesTheRewardModelTowardsTheReward() {
        World world = new World(ExactChoice.ofOneChoiceWithRewardModel(), 1, 1, 1);
        Map<String, Object> spec = Map.of("returns", Map.of("value-coefficient", 0.25));
        double before = world.loss(0);
        float[] gradient = world.gradient(0, spec);
        float step = 0.01f;
        double squares = 0;
        for (int i = WEIGHTS; i < 2 * WEIGHTS; i++) {
            world.target[i] += step * gradient[i];
            squares += gradient[i] * gradient[i];
        }
        assertThat((before - world.loss(0)) / step).isEqualTo(squares / 0.25, within(0.02 * squares / 0.25));
    }

    @Test
    void saysHowMuchOfTheRewardTheModelExplains() {
        World world = new World(ExactChoice.ofOneChoiceWithRewardModel(), 1, 1, 1).withRewardsOfTheModel();
        var stats = new BatchStatistics();
        world.accumulate(0, world.trajectories.size(), Map.of(), stats);
        assertThat(stats.explainedVariance()).isEqualTo(1, within(1e-5));
        assertThat(stats.valued).isEqualTo(4);
    }

    @Test
    void refusesPoliciesWithoutARewardModel() {
        EstimatorSpec spec = spec(Map.of());
        Policy policy = new ExactChoice().policy();
        assertThatThrownBy(() -> new PolicyGradient(policy, spec))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageStartingWith("estimator.algorithm: expected an algorithm that needs no reward model");
        String file = "{\"policy\": \"p\", \"kind\": \"choice\", \"model\": %s,"
                + " \"estimator\": {\"algorithm\": \"doubly-robust\"}}";
        PolicyDefinition without = PolicyDefinition.parse(file.formatted("{}"));
        assertThatThrownBy(() -> Policies.create(without))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("set model.reward-model of the kind 'choice' to true");
        Policy with = Policies.create(PolicyDefinition.parse(file.formatted("{\"reward-model\": true}")));
        assertThat(with.hasRewardModel()).isTrue();
    }

    private static EstimatorSpec spec(Map<String, Object> more) {
        Map<String, Object> section = new HashMap<>(more);
        section.put("algorithm", "doubly-robust");
        return EstimatorSpec.of(section);
    }

    private static void assertClose(double[] estimate, double[] exact) {
        assertThat(norm(exact)).isGreaterThan(0.01);
        assertThat(distance(estimate, exact)).isLessThan(2e-6 * norm(exact));
    }

    private static double distance(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < a.length; i++) {
            difference[i] -= b[i];
        }
        return norm(difference);
    }

    private static double norm(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(v -> v * v).sum());
    }

    /** A target policy, a behaviour policy, a reward model of its own mind, and a reward for every trajectory. */
    private static final class World {

        private final ExactPolicy exact;
        private final Policy policy;
        private final float[] target;
        private final float[] behaviour;
        private final List<List<int[]>> trajectories;
        private final double[] rewards;

        World(ExactPolicy exact, long targetSeed, long behaviourSeed, long rewardSeed) {
            this.exact = exact;
            this.policy = exact.policy();
            this.target = randomVector(2 * WEIGHTS, new SplittableRandom(targetSeed));
            this.behaviour = randomVector(2 * WEIGHTS, new SplittableRandom(behaviourSeed));
            System.arraycopy(
                    randomVector(WEIGHTS, new SplittableRandom(100 + rewardSeed)), 0, target, WEIGHTS, WEIGHTS);
            this.trajectories = exact.trajectories();
            this.rewards = new SplittableRandom(rewardSeed)
                    .doubles(trajectories.size())
                    .toArray();
        }

        World withRewardsOfTheModel() {
            for (int t = 0; t < rewards.length; t++) {
                rewards[t] -= residual(t);
            }
            return this;
        }

        double loss(int trajectory) {
            return residual(trajectory) * residual(trajectory) / 2;
        }

        private double residual(int trajectory) {
            var stats = new BatchStatistics();
            accumulate(trajectory, trajectory + 1, Map.of(), stats);
            return stats.residualSum / stats.valued;
        }

        float[] gradient(int trajectory, Map<String, Object> spec) {
            return accumulate(trajectory, trajectory + 1, spec, new BatchStatistics());
        }

        float[] accumulate(int from, int to, Map<String, Object> spec, BatchStatistics stats) {
            var batch = new Batch();
            for (int t = from; t < to; t++) {
                batch.add(recorded(trajectories.get(t)), rewards[t]);
            }
            var out = new GradientAccumulator(policy.layout());
            new PolicyGradient(policy, spec(spec)).accumulate(parameters(target), batch, out, stats);
            return out.values();
        }

        /** Of the policy's tensor. */
        double[] expectation(Map<String, Object> spec) {
            double[] sum = new double[WEIGHTS];
            for (int t = 0; t < trajectories.size(); t++) {
                double mu = Math.exp(logProb(behaviour, t));
                float[] gradient = gradient(t, spec);
                for (int i = 0; i < WEIGHTS; i++) {
                    sum[i] += mu * gradient[i];
                }
            }
            return sum;
        }

        /** Σ_τ π(τ) R(τ) ∇ log π(τ), all in doubles. */
        double[] exactGradient() {
            double[] gradient = new double[WEIGHTS];
            for (int t = 0; t < trajectories.size(); t++) {
                double scale = Math.exp(logProb(target, t)) * rewards[t];
                for (int d = 0; d < exact.contexts().size(); d++) {
                    logProbs(target, d, t, scale, gradient);
                }
            }
            return gradient;
        }

        private Trajectory recorded(List<int[]> actions) {
            List<Decision> decisions = new ArrayList<>();
            int t = trajectories.indexOf(actions);
            for (int d = 0; d < actions.size(); d++) {
                double[] exactly = logProbs(behaviour, d, t, 0, new double[WEIGHTS]);
                float[] recorded = new float[exactly.length];
                for (int i = 0; i < recorded.length; i++) {
                    recorded[i] = (float) exactly[i];
                }
                decisions.add(new Decision(exact.contexts().get(d), actions.get(d), recorded));
            }
            return new Trajectory(decisions);
        }

        private double logProb(float[] theta, int trajectory) {
            double sum = 0;
            for (int d = 0; d < exact.contexts().size(); d++) {
                sum += Arrays.stream(logProbs(theta, d, trajectory, 0, new double[WEIGHTS]))
                        .sum();
            }
            return sum;
        }

        private double[] logProbs(float[] theta, int d, int trajectory, double scale, double[] gradient) {
            return exact.logProbs(
                    theta, exact.contexts().get(d), trajectories.get(trajectory).get(d), scale, gradient);
        }
    }
}

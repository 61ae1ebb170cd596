package io.millrace.policy.choice;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Policy;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.spec.ModelSpec;
import io.millrace.policy.spec.PolicySpecException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewardModelTest {

    private static final int WEIGHTS = 64;
    private static final float STEP = 0.02f;

    /** Σ_t d_t Σ_a π(a) q̂(a) with q̂ held fixed, and Σ_t v_t q̂(a_t): the two tensors' own objectives. */
    @ParameterizedTest
    @CsvSource({"1, 0, 1", "2, 0.3, 1", "3, 0, 3", "4, 0.3, 2"})
    void gradientsAgreeWithFiniteDifferences(int seed, double exploration, int slateSize) {
        var random = new SplittableRandom(seed);
        Policy policy = SlateTest.policy(
                Map.of("hash-bits", 6, "exploration", exploration, "slate-size", slateSize, "reward-model", true));
        var batch = new Batch();
        batch.add(
                new Trajectory(List.of(
                        SlateTest.drawn(policy, SlateTest.context(random, true, false, true, true), random),
                        SlateTest.drawn(policy, SlateTest.context(random, true, true, true), random))),
                1);
        float[] theta = randomVector(2 * WEIGHTS, random);
        var objective = new Objective(randomVector(batch.actions(), random), randomVector(batch.actions(), random));
        var gradient = new GradientAccumulator(policy.layout());
        policy.gradient(parameters(theta), batch, objective, gradient);

        for (int i = 0; i < theta.length; i++) {
            float at = theta[i];
            theta[i] = at + STEP;
            double above = objective.at(policy, theta, batch, i < WEIGHTS);
            theta[i] = at - STEP;
            double below = objective.at(policy, theta, batch, i < WEIGHTS);
            theta[i] = at;
            assertThat((double) gradient.values()[i])
                    .as("element %d", i)
                    .isEqualTo((above - below) / (2 * STEP), within(2e-3));
        }
    }

    @Test
    void expectsOfThePolicyTheMeanOfWhatItExpectsOfActions() {
        Policy policy = SlateTest.policy(Map.of("hash-bits", 6, "exploration", 0.3, "reward-model", true));
        var random = new SplittableRandom(4);
        Context context = SlateTest.context(random, true, false, true, true);
        float[] theta = randomVector(2 * WEIGHTS, random);
        double mean = 0;
        double expected = 0;
        for (int a : new int[] {0, 2, 3}) {
            var batch = new Batch();
            batch.add(Trajectory.of(SlateTest.decision(context, a)), 0);
            var seen = new Objective(new float[1], new float[1]);
            policy.gradient(parameters(theta), batch, seen, new GradientAccumulator(policy.layout()));
            mean += Math.exp(seen.logProb) * seen.value;
            expected = seen.expected;
        }
        assertThat(mean).isEqualTo(expected, within(1e-6));
        assertThat(Math.abs(mean)).isGreaterThan(0.01);
    }

    @Test
    void isPartOfThetaOnlyWhereItIsAskedFor() {
        Policy with = SlateTest.policy(Map.of("hash-bits", 6, "reward-model", true));
        Policy without = SlateTest.policy(Map.of("hash-bits", 6));
        assertThat(with.hasRewardModel()).isTrue();
        assertThat(with.layout().size()).isEqualTo(2 * WEIGHTS);
        assertThat(with.layout().tensors()).extracting("name").containsExactly("weights", "reward");
        assertThat(without.hasRewardModel()).isFalse();
        assertThat(without.layout().size()).isEqualTo(WEIGHTS);
    }

    @Test
    void refusesMoreWeightsThanFit() {
        assertThatThrownBy(() ->
                        new ChoicePolicyFactory().create(new ModelSpec(Map.of("hash-bits", 26, "reward-model", true))))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("model.hash-bits and model.reward-model: expected at most");
    }

    /** Weighs the direct terms and the values of actions with given numbers, and says what the scores add up to. */
    private static final class Objective implements Weighting {

        private final float[] direct;
        private final float[] actionValue;
        private double logProb;
        private double value;
        private double expected;

        Objective(float[] direct, float[] actionValue) {
            this.direct = direct;
            this.actionValue = actionValue;
        }

        /** The policy's objective, or the reward model's. */
        double at(Policy policy, float[] theta, Batch batch, boolean ofPolicy) {
            policy.gradient(parameters(theta), batch, this, new GradientAccumulator(policy.layout()));
            return ofPolicy ? expected : value;
        }

        @Override
        public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
            logProb = 0;
            value = 0;
            expected = 0;
            boolean summed = scores.length() > 1;
            for (int i = 0; i < scores.length(); i++) {
                logProb += scores.logProb(i);
                value += (summed ? actionValue[i] : 1) * (double) scores.actionValue(i);
                expected += (summed ? direct[i] : 1) * (double) scores.expectedActionValue(i);
                weights.setDirect(i, direct[i]);
                weights.setActionValue(i, actionValue[i]);
            }
        }

        @Override
        public double entropyBonus(int trajectory) {
            return 0;
        }
    }
}

package io.millrace.policy.choice;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Allocations;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Features;
import io.millrace.policy.FiniteDifferences;
import io.millrace.policy.Frequencies;
import io.millrace.policy.Generated;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.spec.ModelSpec;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.PolicySpecException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies that choose by what their reward model expects. */
class SharpnessTest {

    private static final int WEIGHTS = 64;

    @ParameterizedTest
    @CsvSource({"1, 0, 1, 0.5", "2, 0.3, 1, 3", "3, 0, 3, 2", "4, 0.3, 2, 1"})
    void gradientAgreesWithFiniteDifferences(int seed, double exploration, int slateSize, double sharpness) {
        var random = new SplittableRandom(seed);
        Policy policy = policy(exploration, slateSize, sharpness);
        Batch batch = drawn(policy, random);

        FiniteDifferences.check(policy, batch, 0, random);
        FiniteDifferences.check(policy, batch, 0.7, random);
    }

    /** v ∇q̂ with v = 1, which the gradient of the policy's logits is added to where both have weights. */
    @ParameterizedTest
    @CsvSource({"1, 0, 1, 0.5", "2, 0.3, 1, 3", "3, 0, 3, 20"})
    void gradientOfTheRewardModelAgreesWithFiniteDifferences(
            int seed, double exploration, int slateSize, double sharpness) {
        var random = new SplittableRandom(seed);
        Policy policy = policy(exploration, slateSize, sharpness);
        Batch batch = drawn(policy, random);
        float[] theta = randomVector(WEIGHTS, random);
        var gradient = new GradientAccumulator(policy.layout());
        policy.gradient(parameters(theta), batch, new Expected(), gradient);

        for (int i = 0; i < WEIGHTS; i++) {
            float at = theta[i];
            theta[i] = at + 0.5f;
            double above = expected(policy, theta, batch);
            theta[i] = at - 0.5f;
            double below = expected(policy, theta, batch);
            theta[i] = at;
            assertThat((double) gradient.values()[i]).as("element %d", i).isEqualTo(above - below, within(1e-5));
        }
        assertThat(gradient.touchedRows()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.4, 1", "0.4, 0.5", "0, 3"})
    void samplesAsOftenAsItRecords(double exploration, double temperature) {
        var random = new SplittableRandom(3);
        Context context = SlateTest.context(random, true, false, true, true);
        float[] theta = randomVector(WEIGHTS, random);
        var sampling = new Sampling.Stochastic(temperature);

        Frequencies.check(policy(exploration, 1, 2), parameters(theta), context, sampling, 3);
        Frequencies.check(policy(exploration, 2, 2), parameters(theta), context, sampling, 6);
    }

    @Test
    void probabilitiesOfAllListsAreThoseOfTheDefinitionAndSumToOne() {
        for (ExactChoice exact : List.of(ExactChoice.choosingByReward(), ExactChoice.ofSlatesChoosingByReward())) {
            float[] theta = randomVector(WEIGHTS, new SplittableRandom(8));
            for (Context context : exact.contexts()) {
                double sum = 0;
                for (int[] list : exact.outputs(context)) {
                    double[] logProbs = exact.logProbs(theta, context, list, 0, new double[WEIGHTS]);
                    Scores scores = SlateTest.scores(exact.policy(), theta, context, list);
                    double logProb = 0;
                    for (int i = 0; i < list.length; i++) {
                        assertThat((double) scores.logProb(i)).isEqualTo(logProbs[i], within(1e-6));
                        logProb += scores.logProb(i);
                    }
                    sum += Math.exp(logProb);
                }
                assertThat(sum).isEqualTo(1, within(1e-6));
            }
        }
    }

    /** What replicas have is what the learner has: one tensor, and with it a choice is a function of θ. */
    @Test
    void thetaIsTheRewardModelAlone() {
        Policy policy = policy(0, 1, 40);

        assertThat(policy.layout().tensors()).extracting("name").containsExactly("reward");
        assertThat(policy.layout().size()).isEqualTo(WEIGHTS);
        assertThat(policy.hasRewardModel()).isTrue();
        assertThat(policy.choosesByRewardModel()).isTrue();
        assertThat(policy(0, 1, 0).choosesByRewardModel()).isFalse();
    }

    @Test
    void aCandidateWithoutTermsIsExpectedToEarnNothing() {
        Policy policy = new ChoicePolicyFactory()
                .create(new ModelSpec(
                        Map.of("hash-bits", 6, "identity", false, "reward-model", true, "sharpness", 40)));
        var none = new Features(new long[0], new float[0]);
        var zero = new Features(new long[] {5}, new float[] {0});
        Context context = new Context.Choice(none, List.of(none, zero), List.of("a", "b"));
        float[] theta = randomVector(WEIGHTS, new SplittableRandom(1));

        Scores scores = SlateTest.scores(policy, theta, context, 1);
        var gradient = new GradientAccumulator(policy.layout());
        var batch = new Batch();
        batch.add(Trajectory.of(SlateTest.decision(context, 1)), 1);
        policy.gradient(parameters(theta), batch, Weighings.ofOne(0.1), gradient);

        assertThat(scores.actionValue(0)).isZero();
        assertThat((double) scores.logProb(0)).isEqualTo(-Math.log(2), within(1e-6));
        assertThat(gradient.values()).containsOnly(0f);
    }

    @Test
    void allocatesNothingOnceItsScratchSpaceHasGrown() {
        Policy policy = policy(0.1, 2, 40);
        var theta = parameters(randomVector(WEIGHTS, new SplittableRandom(1)));
        var random = new SplittableRandom(1);
        Context context = SlateTest.context(random, true, true, false, true, true);
        var out = new Generated();
        var batch = new Batch();
        batch.add(Trajectory.of(SlateTest.decision(context, 4, 0)), 1);
        var gradient = new GradientAccumulator(policy.layout());
        Weighting weighting = Weighings.ofOne(0.1);

        assertThat(Allocations.perRun(() -> policy.generate(theta, context, Sampling.AS_LEARNED, random, out)))
                .isLessThan(1);
        assertThat(Allocations.perRun(() -> policy.gradient(theta, batch, weighting, gradient)))
                .isLessThan(1);
    }

    @Test
    void refusesWhatWouldNeverLearn() {
        String file =
                "{\"policy\": \"p\", \"kind\": \"choice\", \"model\": %s, \"estimator\": {\"algorithm\": \"%s\"}}";
        String sharp = "{\"reward-model\": true, \"sharpness\": 40}";
        assertThat(create(file, sharp, "reward-regression").choosesByRewardModel())
                .isTrue();
        assertRefused(file, "{\"sharpness\": 40}", "reward-regression", "model.reward-model: expected true");
        assertRefused(file, sharp, "doubly-robust", "estimator.algorithm: expected reward-regression");
        assertRefused(file, sharp, "reinforce", "estimator.algorithm: expected reward-regression");
        assertRefused(
                file,
                "{\"reward-model\": true}",
                "reward-regression",
                "estimator.algorithm: expected an algorithm that learns the policy's own weights");
        assertRefused(
                file, "{}", "reward-regression", "an algorithm that needs no reward model, found reward-regression");
        assertRefused(
                file,
                "{\"reward-model\": true, \"sharpness\": -1}",
                "reward-regression",
                "model.sharpness: expected a number from 0 to 1000000");
    }

    private static void assertRefused(String file, String model, String algorithm, String part) {
        assertThatThrownBy(() -> create(file, model, algorithm))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining(part);
    }

    private static Policy create(String file, String model, String algorithm) {
        return Policies.create(PolicyDefinition.parse(file.formatted(model, algorithm)));
    }

    private static double expected(Policy policy, float[] theta, Batch batch) {
        var scores = new Scores();
        policy.score(parameters(theta), batch, scores);
        double sum = 0;
        for (int i = 0; i < scores.length(); i++) {
            sum += scores.actionValue(i);
        }
        return sum;
    }

    private static Batch drawn(Policy policy, SplittableRandom random) {
        var batch = new Batch();
        for (int t = 0; t < 3; t++) {
            Decision one = SlateTest.drawn(policy, SlateTest.context(random, true, false, true, true), random);
            Decision other = SlateTest.drawn(policy, SlateTest.context(random, false, true, true), random);
            batch.add(new Trajectory(List.of(one, other)), 1);
        }
        return batch;
    }

    private static Policy policy(double exploration, int slateSize, double sharpness) {
        return SlateTest.policy(Map.of(
                "hash-bits",
                6,
                "exploration",
                exploration,
                "slate-size",
                slateSize,
                "reward-model",
                true,
                "sharpness",
                sharpness));
    }

    /** Weighs ∇q̂ of every action 1, and nothing else. */
    private static final class Expected implements Weighting {

        @Override
        public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
            for (int i = 0; i < scores.length(); i++) {
                weights.setActionValue(i, 1);
            }
        }

        @Override
        public double entropyBonus(int trajectory) {
            return 0;
        }
    }
}

package io.millrace.policy.gradient;

import static io.millrace.policy.gradient.ExactWorld.differentiate;
import static io.millrace.policy.gradient.ExactWorld.distance;
import static io.millrace.policy.gradient.ExactWorld.norm;
import static io.millrace.policy.gradient.ExactWorld.policyPart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Batch;
import io.millrace.policy.FiniteDifferences;
import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.spec.EstimatorSpec;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expectations of each estimator, summed over every trajectory that there is, against ∇U. */
class UnbiasednessTest {

    private static final double ROUNDING = 2e-6;

    private final ExactWorld onPolicy = new ExactWorld(1, 1);
    private final ExactWorld offPolicy = new ExactWorld(1, 2);
    private final double[] exact = differentiate(onPolicy::utility, onPolicy.target);

    @Test
    void rewardsAfterTheActionAreEnough() {
        EstimatorSpec spec = EstimatorSpec.of(Map.of("returns", Map.of("kind", "monte-carlo")));

        assertThat(distance(onPolicy.expectation(spec, onPolicy.advantages(0.7)), exact))
                .isLessThan(ROUNDING);
    }

    @Test
    void leaveOneOutOverAGroup() {
        double[] advantages = groupAdvantages(BaselineSpec.Kind.LEAVE_ONE_OUT);

        assertThat(distance(onPolicy.expectation(EstimatorSpec.DEFAULT, advantages), exact))
                .isLessThan(ROUNDING);
    }

    @Test
    void groupCenteredIsUnbiasedButForTheLengthOfTheStep() {
        double[] advantages = groupAdvantages(BaselineSpec.Kind.GROUP_CENTERED);
        double[] half = Arrays.stream(exact).map(g -> g / 2).toArray();

        assertThat(distance(onPolicy.expectation(EstimatorSpec.DEFAULT, advantages), half))
                .isLessThan(ROUNDING);
    }

    @Test
    void groupNormalizedOverratesThePromptWhoseRewardsHardlyDiffer() {
        double[] calm = {0.5, 0.51};
        double[] wild = {0, 1};

        double[] calmAdvantages = GroupBaselines.advantages(BaselineSpec.Kind.GROUP_NORMALIZED, calm);
        double[] wildAdvantages = GroupBaselines.advantages(BaselineSpec.Kind.GROUP_NORMALIZED, wild);

        // The same pull on both prompts, where ∇U asks for a hundred times more on the second.
        assertThat(calmAdvantages[1]).isEqualTo(1, within(1e-9));
        assertThat(wildAdvantages[1]).isEqualTo(1, within(1e-9));
        double[] biased =
                onPolicy.expectation(EstimatorSpec.DEFAULT, groupAdvantages(BaselineSpec.Kind.GROUP_NORMALIZED));
        double cosine = ExactWorld.dot(biased, exact) / norm(biased) / norm(exact);
        assertThat(cosine).isBetween(0.5, 0.999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"td", "n-step", "gae", "monte-carlo"})
    void actorCriticWithTheTrueValues(String returns) {
        onPolicy.learnValues();

        double[] estimate = onPolicy.expectation(actorCritic(returns), onPolicy.advantages(0));

        assertThat(distance(policyPart(estimate), exact)).isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"td", "gae", "monte-carlo"})
    void aWrongCriticBiasesWhatBootstrapsAndNothingElse(String returns) {
        double[] estimate = onPolicy.expectation(actorCritic(returns), onPolicy.advantages(0));

        double distance = distance(policyPart(estimate), exact);
        if (returns.equals("monte-carlo")) {
            assertThat(distance).isLessThan(ROUNDING);
        } else {
            assertThat(distance).isGreaterThan(0.05);
        }
    }

    @Test
    void vTraceWithTheTrueValuesOnPolicy() {
        onPolicy.learnValues();
        EstimatorSpec spec = EstimatorSpec.of(Map.of(
                "algorithm", "actor-critic",
                "baseline", "critic",
                "importance-level", "token",
                "returns", Map.of("kind", "v-trace")));

        assertThat(distance(policyPart(onPolicy.expectation(spec, onPolicy.advantages(0))), exact))
                .isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"trajectory, reinforce, mean", "monte-carlo, reinforce, none", "monte-carlo, reinforce, critic"})
    void untruncatedSequenceWeightsMakeUpForAnotherPolicy(String returns, String algorithm, String baseline) {
        EstimatorSpec spec = EstimatorSpec.of(Map.of(
                "algorithm",
                algorithm,
                "baseline",
                baseline,
                "importance-clip",
                "unlimited",
                "returns",
                Map.of("kind", returns)));

        assertThat(distance(policyPart(offPolicy.expectation(spec, offPolicy.advantages(0))), exact))
                .isLessThan(ROUNDING);
    }

    @Test
    void tokenWeightsLeaveABiasThatIsSmallerThanNoWeights() {
        double[] advantages = offPolicy.advantages(0.7);

        double without =
                distance(offPolicy.expectation(EstimatorSpec.of(Map.of("importance-clip", 0)), advantages), exact);
        double tokens = distance(
                offPolicy.expectation(
                        EstimatorSpec.of(Map.of("importance-clip", "unlimited", "importance-level", "token")),
                        advantages),
                exact);

        assertThat(tokens).isGreaterThan(0.01).isLessThan(without);
    }

    @Test
    void thePenaltyIsTheGradientOfTheDivergenceFromTheReference() {
        EstimatorSpec spec =
                EstimatorSpec.of(Map.of("kl", Map.of("coefficient", 0.3, "reference", "initial"), "baseline", "none"));
        double[] reference = ExactWorld.doubles(offPolicy.behaviour);

        double[] expected = differentiate(theta -> -0.3 * divergence(theta, reference), onPolicy.target);

        assertThat(distance(penalty(onPolicy, spec), expected)).isLessThan(ROUNDING);
    }

    @Test
    void thePenaltyIsUnbiasedOnAnotherPolicysTrajectoriesToo() {
        EstimatorSpec spec = EstimatorSpec.of(
                Map.of("kl", Map.of("coefficient", 0.3, "reference", "initial"), "importance-clip", "unlimited"));
        double[] reference = ExactWorld.doubles(offPolicy.behaviour);

        double[] expected = differentiate(theta -> -0.3 * divergence(theta, reference), onPolicy.target);

        assertThat(distance(penalty(offPolicy, spec), expected)).isLessThan(ROUNDING);
    }

    /** Π of truncated, clipped or shortened ratios always believes less than ρ, whose mean is 1. */
    @ParameterizedTest
    @CsvSource({
        "reinforce, 1.2, token",
        "reinforce, 1.2, sequence",
        "reinforce, unlimited, sequence-mean",
        "gspo, 2, token"
    })
    void whatIsCutOrShortenedUnderratesTheCurrentPolicy(String algorithm, String clip, String level) {
        Object bound = clip.equals("unlimited") ? clip : (Object) Double.valueOf(clip);
        EstimatorSpec spec =
                EstimatorSpec.of(Map.of("algorithm", algorithm, "importance-clip", bound, "importance-level", level));

        double mean = 0;
        for (int[] actions : offPolicy.trajectories) {
            var stats = new BatchStatistics();
            var batch = new Batch();
            batch.add(offPolicy.trajectory(actions), 1);
            offPolicy.gradient(spec, batch, stats);
            mean += ExactWorld.probability(offPolicy.behaviour, actions) * stats.weightSum;
        }

        assertThat(mean).isBetween(0.5, 0.995);
    }

    /** With all advantages positive the clip only takes weight away, from what has become likelier. */
    @Test
    void thePpoClipIsPessimistic() {
        double[] ones = new double[27];
        Arrays.fill(ones, 1);
        double[] wide = offPolicy.expectation(ppo(1e9), ones);
        double[] narrow = offPolicy.expectation(ppo(0.1), ones);
        double[] behaviour = ExactWorld.doubles(offPolicy.behaviour);
        double[] towardsTarget = ExactWorld.doubles(offPolicy.target);
        for (int i = 0; i < behaviour.length; i++) {
            towardsTarget[i] -= behaviour[i];
        }

        // Clipped, the step goes on less in the direction in which the policy has gone already.
        assertThat(ExactWorld.dot(policyPart(narrow), towardsTarget))
                .isLessThan(ExactWorld.dot(policyPart(wide), towardsTarget));
    }

    private static EstimatorSpec ppo(double high) {
        return EstimatorSpec.of(Map.of("algorithm", "ppo", "clip", Map.of("low", 1, "high", high)));
    }

    private static EstimatorSpec actorCritic(String returns) {
        return EstimatorSpec.of(Map.of(
                "algorithm", "actor-critic",
                "baseline", "critic",
                "returns", Map.of("kind", returns, "steps", 2, "lambda", 0.5)));
    }

    /** A of every trajectory in a group of two, its fellow averaged over all that there are. */
    private double[] groupAdvantages(BaselineSpec.Kind kind) {
        return onPolicy.trajectories.stream()
                .mapToDouble(mine -> onPolicy.trajectories.stream()
                        .mapToDouble(other -> ExactWorld.probability(onPolicy.target, other)
                                * GroupBaselines.advantages(
                                        kind, new double[] {onPolicy.reward(mine), onPolicy.reward(other)})[0])
                        .sum())
                .toArray();
    }

    /** The expected gradient of trajectories without any advantage. */
    private double[] penalty(ExactWorld world, EstimatorSpec spec) {
        double[] sum = new double[world.target.length];
        for (int[] actions : world.trajectories) {
            var batch = new Batch();
            batch.add(world.trajectory(actions), 0);
            new PolicyGradient(world.policy, spec)
                    .scoreReference(FiniteDifferences.parameters(offPolicy.behaviour), batch);
            double[] gradient = world.gradient(spec, batch, new BatchStatistics());
            for (int i = 0; i < sum.length; i++) {
                sum[i] += ExactWorld.probability(world.behaviour, actions) * gradient[i];
            }
        }
        return sum;
    }

    /** KL(π_θ(τ) ‖ π_ref(τ)) over all trajectories. */
    private double divergence(double[] theta, double[] reference) {
        double sum = 0;
        for (int[] actions : onPolicy.trajectories) {
            double log = 0;
            double ratio = 0;
            int state = 0;
            for (int action : actions) {
                double logProb = ExactWorld.logProb(theta, state, action);
                log += logProb;
                ratio += logProb - ExactWorld.logProb(reference, state, action);
                state = ExactWorld.next(state, action);
            }
            sum += Math.exp(log) * ratio;
        }
        return sum;
    }
}

package io.millrace.policy.choice;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Allocations;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Features;
import io.millrace.policy.FiniteDifferences;
import io.millrace.policy.Frequencies;
import io.millrace.policy.Generated;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Prompt.Eligibility;
import io.millrace.policy.Prompt.Option;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.UnknownActionException;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ordered lists, and candidates that must not be chosen. */
class SlateTest {

    @ParameterizedTest
    @CsvSource({"1, 0, 2", "2, 0.3, 3", "3, 0.3, 1", "4, 0, 9"})
    void gradientAgreesWithFiniteDifferences(int seed, double exploration, int slateSize) {
        var random = new SplittableRandom(seed);
        Policy policy = policy(Map.of("hash-bits", 6, "exploration", exploration, "slate-size", slateSize));
        var batch = new Batch();
        for (int t = 0; t < 3; t++) {
            batch.add(
                    new Trajectory(List.of(
                            drawn(policy, context(random, true, false, true, true), random),
                            drawn(policy, context(random, false, true, true), random))),
                    1);
        }

        FiniteDifferences.check(policy, batch, 0, random);
        FiniteDifferences.check(policy, batch, 0.7, random);
    }

    @Test
    void probabilitiesOfAllListsAreThoseOfTheDefinitionAndSumToOne() {
        ExactChoice exact = ExactChoice.ofSlates();
        float[] theta = randomVector(64, new SplittableRandom(8));
        for (Context context : exact.contexts()) {
            double sum = 0;
            assertThat(exact.outputs(context)).hasSize(6);
            for (int[] list : exact.outputs(context)) {
                double[] expected = exact.logProbs(theta, context, list, 0, new double[64]);
                Scores scores = scores(exact.policy(), theta, context, list);
                for (int i = 0; i < list.length; i++) {
                    assertThat((double) scores.logProb(i)).isEqualTo(expected[i], within(1e-6));
                }
                sum += Math.exp((double) scores.logProb(0) + scores.logProb(1));
            }
            assertThat(sum).isEqualTo(1, within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.4, 1", "0.4, 0.5", "0, 3"})
    void samplesListsAsOftenAsItRecords(double exploration, double temperature) {
        Policy policy = policy(Map.of("hash-bits", 6, "exploration", exploration, "slate-size", 2));
        var random = new SplittableRandom(3);
        Parameters theta = parameters(randomVector(64, random));
        Context context = context(random, true, true, false, true);

        Frequencies.check(policy, theta, context, new Sampling.Stochastic(temperature), 6);
    }

    @Test
    void recordsWhatItScores() {
        Policy policy = policy(Map.of("hash-bits", 8, "exploration", 0.1, "slate-size", 3));
        var random = new SplittableRandom(3);
        float[] theta = randomVector(256, random);
        Context context = context(random, true, true, false, true, true);
        var out = new Generated();
        for (Sampling sampling : List.of(Sampling.AS_LEARNED, new Sampling.Greedy())) {
            policy.generate(parameters(theta), context, sampling, random, out);

            Scores scores = scores(policy, theta, context, out.copyActions());

            for (int i = 0; i < 3; i++) {
                assertThat(out.logProb(i)).isEqualTo(scores.logProb(i), within(1e-6f));
            }
            assertThat(out.entropy()).isEqualTo(scores.entropy(), within(1e-6));
        }
    }

    @Test
    void staysExactWhenTheWinnerLeavesAllOthersFarBehind() {
        Policy policy = policy(Map.of("hash-bits", 10, "slate-size", 2, "interactions", false, "identity", false));
        float[] theta = new float[1024];
        Context context = new Context.Choice(
                features(), List.of(features(1, 300), features(1, 1), features(1, 0)), List.of("a", "b", "c"));
        Arrays.fill(theta, 1);

        Scores scores = scores(policy, theta, context, 0, 1);

        assertThat(scores.logProb(0)).isEqualTo(0, within(1e-6f));
        assertThat((double) scores.logProb(1)).isEqualTo(-Math.log(1 + Math.exp(-1)), within(1e-6));
    }

    @Test
    void putsAllInOrderWhereFewerAreEligibleThanTheListIsLong() {
        Policy policy = policy(Map.of("slate-size", 5));
        Context context = context(new SplittableRandom(1), true, false, true, true);
        var out = new Generated();

        policy.generate(parameters(new float[1 << 18]), context, new Sampling.Greedy(), new SplittableRandom(1), out);

        assertThat(out.copyActions()).containsExactly(0, 2, 3);
        assertThat(out.logProb(2)).isZero();
        assertThat(policy.render(context, out.copyActions(), 3)).containsExactly("id-0", "id-2", "id-3");
    }

    @Test
    void excludedCandidatesAreNeverDrawnAndNeverTouched() {
        Policy policy = policy(Map.of("hash-bits", 18));
        Context context = policy.encode(new Prompt.Choice(
                Map.of("hour", 1f),
                List.of(
                        new Option("a", Map.of("x", 1f)),
                        new Option("b", Map.of("y", 1f), Eligibility.EXCLUDED),
                        new Option("c", Map.of("z", 1f)))));
        var random = new SplittableRandom(5);
        var out = new Generated();
        for (int i = 0; i < 200; i++) {
            policy.generate(parameters(new float[1 << 18]), context, Sampling.AS_LEARNED, random, out);
            assertThat(out.action(0)).isNotEqualTo(1);
            assertThat((double) out.logProb(0)).isEqualTo(-Math.log(2), within(1e-6));
        }
        var batch = new Batch();
        batch.add(Trajectory.of(new Decision(context, new int[] {0}, new float[] {-1})), 1);
        var gradient = new GradientAccumulator(policy.layout());

        policy.gradient(parameters(new float[1 << 18]), batch, Weighings.ofOne(0.1), gradient);

        // Of each of the two others: its id, its feature, and the products of both with the shared feature.
        assertThat(gradient.touchedRows()).isEqualTo(8);
    }

    @Test
    void refusesListsThatItCannotHaveMade() {
        Policy policy = policy(Map.of("slate-size", 2));
        Context context = context(new SplittableRandom(1), true, false, true, true);
        policy.validate(decision(context, 3, 0));
        assertRefused(policy, decision(context, 0), "actions: expected 2, found 1");
        assertRefused(policy, decision(context, 0, 2, 3), "actions: expected 2, found 3");
        assertRefused(policy, decision(context, 0, 4), "actions[1]: expected an index from 0 to 3, found 4");
        assertUnknown(
                policy, decision(context, 0, 1), "actions[1]: expected a candidate that is not excluded, found 1");
        assertUnknown(
                policy,
                decision(context, 2, 2),
                "actions[1]: expected a candidate that is not in the list yet, found 2");
    }

    @Test
    void refusesChoicesThatLeaveNothingOrTooMuchToChoose() {
        Policy policy = policy(Map.of("slate-size", 1000, "max-candidates", 100_000));
        assertThatThrownBy(() -> policy.encode(
                        new Prompt.Choice(Map.of(), List.of(new Option("a", Map.of(), Eligibility.EXCLUDED)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("candidates: expected at least one that is not excluded, found none");
        assertThatThrownBy(() -> policy.validate(decision(context(new SplittableRandom(1), new boolean[2000]), 0)))
                .hasMessageStartingWith("candidates: expected at least one");
        boolean[] all = new boolean[2000];
        Arrays.fill(all, true);
        assertThatThrownBy(() -> policy.validate(decision(context(new SplittableRandom(1), all), 0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "candidates: expected at most 1048576 of all places together, found 1000 places");
        assertThatThrownBy(() -> new Context.Choice(features(), List.of(features()), List.of("a"), new boolean[2]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("candidates: expected as many marks of eligibility as candidates (1), found 2");
    }

    @Test
    void allocatesNothingOnceItsScratchSpaceHasGrown() {
        Policy policy = policy(Map.of("hash-bits", 10, "exploration", 0.1, "slate-size", 3, "reward-model", true));
        Parameters theta = parameters(new float[2048]);
        var random = new SplittableRandom(1);
        Context context = context(random, true, true, false, true, true);
        var out = new Generated();
        var batch = new Batch();
        batch.add(Trajectory.of(decision(context, 4, 0, 3)), 1);
        var gradient = new GradientAccumulator(policy.layout());
        Weighting weighting = Weighings.ofOne(0.1);

        double generating = Allocations.perRun(() -> policy.generate(theta, context, Sampling.AS_LEARNED, random, out));
        double learning = Allocations.perRun(() -> policy.gradient(theta, batch, weighting, gradient));

        assertThat(generating).isLessThan(1);
        assertThat(learning).isLessThan(1);
    }

    static Scores scores(Policy policy, float[] theta, Context context, int... list) {
        var batch = new Batch();
        batch.add(Trajectory.of(decision(context, list)), 0);
        var scores = new Scores();
        policy.score(parameters(theta), batch, scores);
        return scores;
    }

    static Decision drawn(Policy policy, Context context, SplittableRandom random) {
        var out = new Generated();
        policy.generate(parameters(new float[policy.layout().size()]), context, Sampling.AS_LEARNED, random, out);
        return new Decision(context, out.copyActions(), out.copyLogProbs());
    }

    static Decision decision(Context context, int... actions) {
        return new Decision(context, actions, new float[actions.length]);
    }

    static Context context(SplittableRandom random, boolean... eligible) {
        List<Features> candidates = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int k = 0; k < eligible.length; k++) {
            ids.add("id-" + k);
            candidates.add(new Features(random.longs(k % 3).toArray(), randomVector(k % 3, random)));
        }
        return new Context.Choice(
                new Features(random.longs(2).toArray(), randomVector(2, random)), candidates, ids, eligible);
    }

    private static Features features(float... hashesAndValues) {
        return hashesAndValues.length == 0
                ? new Features(new long[0], new float[0])
                : new Features(new long[] {(long) hashesAndValues[0]}, new float[] {hashesAndValues[1]});
    }

    static Policy policy(Map<String, Object> model) {
        return new ChoicePolicyFactory().create(new ModelSpec(model));
    }

    private static void assertRefused(Policy policy, Decision decision, String start) {
        assertThatThrownBy(() -> policy.validate(decision))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(start);
    }

    private static void assertUnknown(Policy policy, Decision decision, String start) {
        assertRefused(policy, decision, start);
        assertThatThrownBy(() -> policy.validate(decision)).isInstanceOf(UnknownActionException.class);
    }
}

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
import io.millrace.policy.FeatureHash;
import io.millrace.policy.Features;
import io.millrace.policy.FiniteDifferences;
import io.millrace.policy.Frequencies;
import io.millrace.policy.Generated;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.ModelSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoicePolicyTest {

    private static final Features NONE = new Features(new long[0], new float[0]);

    @ParameterizedTest
    @CsvSource({"1, 0, true, true", "2, 0.3, true, true", "3, 0.3, false, true", "4, 0, true, false"})
    void gradientAgreesWithFiniteDifferences(int seed, double exploration, boolean interactions, boolean identity) {
        var random = new SplittableRandom(seed);
        Policy policy = policy(
                Map.of("hash-bits", 6, "exploration", exploration, "interactions", interactions, "identity", identity));
        var batch = new Batch();
        for (int t = 0; t < 3; t++) {
            batch.add(
                    new Trajectory(
                            List.of(decision(context(random, 4), t, -1), decision(context(random, 3), 2 - t, -1))),
                    1);
        }

        FiniteDifferences.check(policy, batch, 0, random);
        FiniteDifferences.check(policy, batch, 0.7, random);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.4, 1", "0.4, 0.5", "0, 3"})
    void samplesAsOftenAsItRecords(double exploration, double temperature) {
        Policy policy = policy(Map.of("hash-bits", 6, "exploration", exploration));
        var random = new SplittableRandom(3);
        Parameters theta = parameters(randomVector(64, random));

        Frequencies.check(policy, theta, context(random, 5), new Sampling.Stochastic(temperature), 5);
    }

    @Test
    void recordsWhatItScores() {
        Policy policy = policy(Map.of("hash-bits", 8, "exploration", 0.1));
        var random = new SplittableRandom(3);
        Parameters theta = parameters(randomVector(256, random));
        Context context = context(random, 5);
        var out = new Generated();
        for (Sampling sampling : List.of(Sampling.AS_LEARNED, new Sampling.Greedy())) {
            policy.generate(theta, context, sampling, random, out);
            var batch = new Batch();
            batch.add(Trajectory.of(new Decision(context, out.copyActions(), out.copyLogProbs())), 0);
            var scores = new Scores();

            policy.score(theta, batch, scores);

            float recorded = sampling instanceof Sampling.Greedy ? 0 : scores.logProb(0);
            assertThat(out.logProb(0)).isEqualTo(recorded, within(1e-6f));
            assertThat(out.entropy()).isEqualTo(scores.entropy(), within(1e-6));
        }
    }

    @Test
    void explorationBoundsEveryProbabilityFromBelow() {
        Policy policy = policy(Map.of("hash-bits", 8, "exploration", 0.1));
        float[] theta = randomVector(256, new SplittableRandom(3));
        for (int i = 0; i < theta.length; i++) {
            theta[i] *= 100;
        }
        Context context = context(new SplittableRandom(1), 5);
        var batch = new Batch();
        for (int k = 0; k < 5; k++) {
            batch.add(Trajectory.of(decision(context, k, -1)), 0);
        }
        var scores = new Scores();

        policy.score(parameters(theta), batch, scores);

        for (int k = 0; k < 5; k++) {
            assertThat(Math.exp(scores.logProb(k))).isGreaterThanOrEqualTo(0.02 - 1e-7);
        }
    }

    @Test
    void tellsCandidatesWithoutFeaturesApartByTheirIds() {
        Prompt prompt = prompt(Map.of("hour", 0.5f), Map.of("arm-0", Map.of(), "arm-1", Map.of()));

        assertThat(touchedBy(policy(Map.of()), prompt)).isEqualTo(4);
        assertThat(touchedBy(policy(Map.of("interactions", false)), prompt)).isEqualTo(2);
        assertThat(touchedBy(policy(Map.of("identity", false)), prompt)).isZero();
    }

    @Test
    void encodesTheSameWhateverTheOrderOfFeatures() {
        List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e"));
        Policy policy = policy(Map.of());
        Context.Choice first = encoded(policy, names);
        for (int i = 0; i < 5; i++) {
            Collections.rotate(names, 1);
            Context.Choice other = encoded(policy, names);
            assertThat(other.shared().hashes()).isEqualTo(first.shared().hashes());
            assertThat(other.shared().values()).isEqualTo(first.shared().values());
        }
        assertThat(first.shared().hashes()).contains(FeatureHash.of("c")).isSorted();
    }

    @Test
    void greedyTakesTheLikeliestAndTheLowestOfEquals() {
        Policy policy = policy(Map.of("hash-bits", 8));
        Context context = context(new SplittableRandom(1), 4);
        var out = new Generated();

        policy.generate(parameters(new float[256]), context, new Sampling.Greedy(), new SplittableRandom(1), out);

        assertThat(out.copyActions()).containsExactly(0);
        assertThat(policy.render(context, out.copyActions(), 1)).containsExactly("id-0");
    }

    @Test
    void equalSeedsGiveEqualBitsOnForksToo() {
        Policy policy = policy(Map.of("hash-bits", 8, "exploration", 0.1));
        Policy fork = policy.fork();
        Parameters theta = parameters(randomVector(256, new SplittableRandom(3)));
        var one = new Generated();
        var other = new Generated();
        var random = new SplittableRandom(5);
        var again = new SplittableRandom(5);
        for (int i = 0; i < 50; i++) {
            Context context = context(new SplittableRandom(i), 1 + i);
            policy.generate(theta, context, Sampling.AS_LEARNED, random, one);
            fork.generate(theta, context, Sampling.AS_LEARNED, again, other);
            assertThat(other.copyActions()).isEqualTo(one.copyActions());
            assertThat(other.copyLogProbs()).isEqualTo(one.copyLogProbs());
        }
    }

    @Test
    void refusesPromptsThatItCannotChooseFrom() {
        Policy policy = policy(Map.of("max-candidates", 3));
        assertRefused(() -> policy.encode(new Prompt.Tokens(List.of("a"))), "prompt: expected candidates");
        assertRefused(() -> policy.encode(prompt(Map.of(), Map.of())), "candidates: expected 1 to 3, found 0");
        assertRefused(
                () -> policy.encode(
                        prompt(Map.of(), Map.of("a", Map.of(), "b", Map.of(), "c", Map.of(), "d", Map.of()))),
                "candidates: expected 1 to 3, found 4");
        assertRefused(
                () -> policy.encode(prompt(Map.of("x", Float.NaN), Map.of("a", Map.of()))),
                "features: expected values from -1e6 to 1e6, found NaN");
        assertRefused(
                () -> policy.encode(prompt(Map.of(), Map.of("a", Map.of("x", 1e7f)))),
                "candidates[0].features: expected values");
        assertRefused(
                () -> policy.encode(new Prompt.Choice(
                        Map.of(), List.of(new Prompt.Option("a", Map.of()), new Prompt.Option("a", Map.of())))),
                "candidates: expected different ids, found 'a' twice");
    }

    @Test
    void refusesDecisionsThatItCannotHaveMade() {
        Policy policy = policy(Map.of("max-candidates", 5));
        Context context = context(new SplittableRandom(1), 4);
        policy.validate(decision(context, 3, 0));
        assertRefused(() -> policy.validate(decision(context, 4, -1)), "actions[0]: expected an index from 0 to 3");
        assertRefused(() -> policy.validate(decision(context, -1, -1)), "actions[0]: expected");
        assertRefused(() -> policy.validate(decision(context, 0, Float.NaN)), "logProbs[0]: expected");
        assertRefused(() -> policy.validate(decision(context, 0, 1)), "logProbs[0]: expected");
        assertRefused(
                () -> policy.validate(new Decision(context, new int[] {0, 1}, new float[] {-1, -1})),
                "actions: expected 1, found 2");
        assertRefused(
                () -> policy.validate(decision(new Context.Tokens(new int[] {0}), 0, -1)),
                "context: expected candidates, found Tokens");
        Features bad = new Features(new long[] {1}, new float[] {Float.POSITIVE_INFINITY});
        assertRefused(
                () -> policy.validate(decision(new Context.Choice(bad, List.of(NONE), List.of("a")), 0, -1)),
                "features: expected values");
        Features many = new Features(new long[1100], new float[1100]);
        assertRefused(
                () -> policy.validate(decision(new Context.Choice(many, List.of(many), List.of("a")), 0, -1)),
                "candidates: expected at most 1048576 products");
        assertRefused(() -> new Context.Choice(NONE, List.of(NONE), List.of()), "candidates: expected as many ids");
    }

    @Test
    void allocatesNothingOnceItsScratchSpaceHasGrown() {
        Policy policy = policy(Map.of("hash-bits", 10, "exploration", 0.1));
        Parameters theta = parameters(new float[1024]);
        var random = new SplittableRandom(1);
        Context context = context(random, 10);
        var out = new Generated();
        var batch = new Batch();
        batch.add(Trajectory.of(decision(context, 3, -1)), 1);
        var gradient = new GradientAccumulator(policy.layout());

        double generating = Allocations.perRun(() -> policy.generate(theta, context, Sampling.AS_LEARNED, random, out));
        double learning = Allocations.perRun(() -> policy.gradient(theta, batch, ONE, gradient));

        assertThat(generating).isLessThan(1);
        assertThat(learning).isLessThan(1);
    }

    private static final Weighting ONE = new Weighting() {
        @Override
        public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
            for (int i = 0; i < scores.length(); i++) {
                weights.setPolicy(i, 1f);
            }
        }

        @Override
        public double entropyBonus(int trajectory) {
            return 0.1;
        }
    };

    private static int touchedBy(Policy policy, Prompt prompt) {
        var batch = new Batch();
        batch.add(Trajectory.of(decision(policy.encode(prompt), 0, -1)), 1);
        var gradient = new GradientAccumulator(policy.layout());
        policy.gradient(parameters(new float[policy.layout().size()]), batch, ONE, gradient);
        return gradient.touchedRows();
    }

    private static Context.Choice encoded(Policy policy, List<String> names) {
        Map<String, Float> features = new LinkedHashMap<>();
        names.forEach(name -> features.put(name, (float) name.charAt(0)));
        return (Context.Choice) policy.encode(new Prompt.Choice(features, List.of(new Prompt.Option("x", Map.of()))));
    }

    private static Prompt prompt(Map<String, Float> shared, Map<String, Map<String, Float>> candidates) {
        List<Prompt.Option> options = new ArrayList<>();
        candidates.forEach((id, features) -> options.add(new Prompt.Option(id, features)));
        return new Prompt.Choice(shared, options);
    }

    private static Context context(SplittableRandom random, int candidates) {
        List<Features> features = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int k = 0; k < candidates; k++) {
            ids.add("id-" + k);
            features.add(features(random, k % 3));
        }
        return new Context.Choice(features(random, 2), features, ids);
    }

    private static Features features(SplittableRandom random, int count) {
        long[] hashes = random.longs(count).toArray();
        return new Features(hashes, randomVector(count, random));
    }

    private static Policy policy(Map<String, Object> model) {
        return new ChoicePolicyFactory().create(new ModelSpec(model));
    }

    private static Decision decision(Context context, int action, float logProb) {
        return new Decision(context, new int[] {action}, new float[] {logProb});
    }

    private static void assertRefused(Runnable work, String start) {
        assertThatThrownBy(work::run).isInstanceOf(InvalidInputException.class).hasMessageStartingWith(start);
    }
}

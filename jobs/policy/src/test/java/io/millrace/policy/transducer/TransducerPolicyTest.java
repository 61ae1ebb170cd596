package io.millrace.policy.transducer;

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
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.gradient.PolicyGradient;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.EstimatorSpec;
import io.millrace.policy.spec.ModelSpec;
import io.millrace.policy.spec.PolicySpecException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransducerPolicyTest {

    private static final List<String> LETTERS = List.of("a", "b", "c", "d");
    private static final List<String> EMISSIONS = List.of("X", "", "Y Z", "W", "V");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void gradientAgreesWithFiniteDifferences(int seed) {
        var random = new SplittableRandom(seed);
        Policy policy = policy(seed, seed - 1, 5);
        Batch batch = batch(policy, random, 3);

        FiniteDifferences.check(policy, batch, 0, random);
        FiniteDifferences.check(policy, batch, 0.7, random);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 2})
    void samplesAsOftenAsItRecords(double temperature) {
        Policy policy = policy(2, 2, 5);
        float[] theta = randomVector(policy.layout().size(), new SplittableRandom(3));
        for (int i = 0; i < theta.length; i++) {
            // So that none of the outputs is too rare to be seen.
            theta[i] /= 5;
        }

        Frequencies.check(policy, parameters(theta), tokens(0, 3), new Sampling.Stochastic(temperature), 25);
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 4", "0, 0.01, 1", "3, 0.99, 9"})
    void samplesFromTheLikeliestAsOftenAsItRecords(int topK, double topP, int outputs) {
        Policy policy = policy(2, 2, 5);
        float[] theta = randomVector(policy.layout().size(), new SplittableRandom(3));
        for (int i = 0; i < theta.length; i++) {
            theta[i] /= 5;
        }

        Frequencies.check(policy, parameters(theta), tokens(0, 3), new Sampling.Stochastic(0.8, topK, topP), outputs);
    }

    @Test
    void recordsWhatItScores() {
        Policy policy = policy(3, 1, 8);
        Parameters theta = parameters(randomVector(policy.layout().size(), new SplittableRandom(3)));
        var random = new SplittableRandom(4);
        var out = new Generated();
        var scores = new Scores();
        for (Sampling sampling : List.of(Sampling.AS_LEARNED, new Sampling.Greedy())) {
            var batch = new Batch();
            policy.generate(theta, tokens(1, 0, 2, 3, 3), sampling, random, out);
            batch.add(Trajectory.of(new Decision(tokens(1, 0, 2, 3, 3), out.copyActions(), out.copyLogProbs())), 0);
            scores.clear();

            policy.score(theta, batch, scores);

            assertThat(scores.length()).isEqualTo(5);
            for (int i = 0; i < 5; i++) {
                float recorded = sampling instanceof Sampling.Greedy ? 0 : scores.logProb(i);
                assertThat(out.logProb(i)).isEqualTo(recorded, within(1e-6f));
            }
            assertThat(out.entropy()).isEqualTo(scores.entropy(), within(1e-5));
        }
    }

    @Test
    void greedyTakesTheLikeliestAndTheLowestOfEquals() {
        Policy policy = policy(1, 0, 8);
        var out = new Generated();
        float[] theta = new float[policy.layout().size()];
        policy.initialize(theta, 1);

        policy.generate(parameters(theta), tokens(0, 1), new Sampling.Greedy(), new SplittableRandom(1), out);

        assertThat(out.copyActions()).containsExactly(0, 0);
        assertThat(out.logProb(0)).as("nothing else could have come").isZero();
        for (int row = 0; row < policy.layout().rows(); row++) {
            theta[row * 5 + 3] = 1;
        }
        policy.generate(parameters(theta), tokens(0, 1), new Sampling.Greedy(), new SplittableRandom(1), out);
        assertThat(out.copyActions()).containsExactly(3, 3);
    }

    @Test
    void equalSeedsGiveEqualBitsOnForksToo() {
        Policy policy = policy(3, 1, 8);
        Parameters theta = parameters(randomVector(policy.layout().size(), new SplittableRandom(3)));
        var one = new Generated();
        var other = new Generated();
        Policy fork = policy.fork();
        var random = new SplittableRandom(5);
        var again = new SplittableRandom(5);
        for (int i = 0; i < 50; i++) {
            policy.generate(theta, tokens(i % 4, 2, 1), Sampling.AS_LEARNED, random, one);
            fork.generate(theta, tokens(i % 4, 2, 1), Sampling.AS_LEARNED, again, other);
            assertThat(other.copyActions()).isEqualTo(one.copyActions());
            assertThat(other.copyLogProbs()).isEqualTo(one.copyLogProbs());
        }
    }

    @Test
    void looksAtTheInputAndAtWhatItEmitted() {
        var features = new WindowFeatures(3, 1, 20);
        assertThat(features.count()).isEqualTo(14);
        int[] rows = new int[4 * 14];
        int[] others = new int[4 * 14];
        features.windowRows(new int[] {0, 1, 2, 3}, rows, 0);
        features.historyRows(2, new int[] {4, 4}, rows, 0);
        features.windowRows(new int[] {0, 1, 2, 0}, others, 0);
        features.historyRows(2, new int[] {4, 1}, others, 0);

        // Of position 2 the features that reach to the right differ, and those of the last emission.
        int differing = 0;
        for (int f = 0; f < 14; f++) {
            differing += rows[2 * 14 + f] == others[2 * 14 + f] ? 0 : 1;
        }
        assertThat(differing).isEqualTo(8 + 2);
        assertThat(Arrays.stream(rows)).allMatch(row -> row >= 0 && row < 1 << 20);
    }

    @Test
    void rendersTheOutputTokensOfEveryEmission() {
        assertThat(policy(1, 1, 4).render(tokens(0, 0, 0), new int[] {2, 1, 0}, 3))
                .containsExactly("Y", "Z", "X");
    }

    @Test
    void encodesTheTokensOfItsVocabulary() {
        Context context = policy(1, 1, 4).encode(new Prompt.Tokens(List.of("d", "a")));

        assertThat(((Context.Tokens) context).tokens()).containsExactly(3, 0);
    }

    @Test
    void refusesPromptsThatItCannotRead() {
        Policy policy = policy(1, 1, 4);
        assertRefused(() -> policy.encode(new Prompt.Tokens(List.of("a", "é"))), "tokens[1]: expected one of", "'é'");
        assertRefused(() -> policy.encode(new Prompt.Tokens(List.of())), "tokens: expected 1 to 6", "found 0");
        assertRefused(() -> policy.encode(new Prompt.Dense(new float[] {1})), "prompt: expected tokens", "Dense");
    }

    @Test
    void refusesDecisionsThatItCannotHaveMade() {
        Policy policy = policy(1, 1, 4);
        policy.validate(new Decision(tokens(0), new int[] {4}, new float[] {0}));
        assertRefused(() -> policy.validate(decision(tokens(4), 0, -1)), "tokens[0]: expected an index", "found 4");
        assertRefused(() -> policy.validate(decision(tokens(-1), 0, -1)), "tokens[0]: expected an index", "found -1");
        assertRefused(() -> policy.validate(decision(tokens(0), 5, -1)), "actions[0]: expected", "found 5");
        assertRefused(() -> policy.validate(decision(tokens(0), -1, -1)), "actions[0]: expected", "found -1");
        assertRefused(() -> policy.validate(decision(tokens(0, 1), 0, -1)), "actions: expected 2", "found 1");
        assertRefused(() -> policy.validate(decision(tokens(), 0, -1)), "tokens: expected 1 to 6", "found 0");
        assertRefused(
                () -> policy.validate(decision(tokens(0, 0, 0, 0, 0, 0, 0), 0, -1)), "tokens: expected", "found 7");
        assertRefused(() -> policy.validate(decision(tokens(0), 0, Float.NaN)), "logProbs[0]: expected", "NaN");
        assertRefused(() -> policy.validate(decision(tokens(0), 0, 0.5f)), "logProbs[0]: expected", "0.5");
        assertRefused(
                () -> policy.validate(decision(tokens(0), 0, Float.NEGATIVE_INFINITY)), "logProbs[0]", "-Infinity");
        Features none = new Features(new long[0], new float[0]);
        Context choice = new Context.Choice(none, List.of(none), List.of("a"));
        assertRefused(() -> policy.validate(decision(choice, 0, -1)), "context: expected tokens", "Choice");
    }

    @Test
    void refusesToGoOnWithParametersThatAreNotFinite() {
        Policy policy = policy(1, 1, 4);
        float[] theta = randomVector(policy.layout().size(), new SplittableRandom(1));
        Arrays.fill(theta, Float.NaN);

        assertThatThrownBy(() -> policy.generate(
                        parameters(theta), tokens(1), Sampling.AS_LEARNED, new SplittableRandom(1), new Generated()))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"model.input, input", "model.emissions, emissions", "model.window, window", "model.hash-bits, hash-bits"
    })
    void refusesAnImpossibleModel(String key, String name) {
        Map<String, Object> model = new HashMap<>(Map.of("input", LETTERS, "emissions", EMISSIONS));
        model.put(name, List.of("a", "a"));

        assertThatThrownBy(() -> new TransducerPolicyFactory().create(new ModelSpec(model)))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageStartingWith(key + ": expected");
    }

    @Test
    void refusesAModelThatWouldExhaustMemory() {
        var model = new ModelSpec(Map.of("input", LETTERS, "emissions", EMISSIONS, "hash-bits", 26));

        assertThatThrownBy(() -> new TransducerPolicyFactory().create(model))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("expected at most 67108864 parameters, found 67108864 × 5");
    }

    @Test
    void allocatesNothingOnceItsScratchSpaceHasGrown() {
        Policy policy = policy(3, 1, 10);
        Parameters theta = parameters(new float[policy.layout().size()]);
        var random = new SplittableRandom(1);
        var out = new Generated();
        Context context = tokens(0, 1, 2, 3, 2, 1);
        Batch batch = batch(policy, random, 5);
        var gradient = new GradientAccumulator(policy.layout());
        var stats = new BatchStatistics();
        var estimator = new PolicyGradient(policy, EstimatorSpec.of(Map.of("entropy", 0.01)));

        double generating = Allocations.perRun(() -> policy.generate(theta, context, Sampling.AS_LEARNED, random, out));
        double learning = Allocations.perRun(() -> estimator.accumulate(theta, batch, gradient, stats));

        assertThat(generating).isLessThan(1);
        // Five trajectories: one small object a batch may be, one a trajectory may not.
        assertThat(learning).isLessThan(80);
    }

    private static void assertRefused(Runnable work, String start, String found) {
        assertThatThrownBy(work::run)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(start)
                .hasMessageContaining(found);
    }

    private static Policy policy(int window, int history, int hashBits) {
        return new TransducerPolicyFactory()
                .create(new ModelSpec(Map.of(
                        "input", LETTERS,
                        "emissions", EMISSIONS,
                        "window", window,
                        "history", history,
                        "hash-bits", hashBits,
                        "max-input", 6)));
    }

    /** Trajectories of two decisions, sampled at θ = 0. */
    private static Batch batch(Policy policy, SplittableRandom random, int size) {
        var batch = new Batch();
        for (int t = 0; t < size; t++) {
            batch.add(
                    new Trajectory(List.of(
                            sampled(policy, tokens(t % 4, 1, 3), random), sampled(policy, tokens(2, 0), random))),
                    random.nextDouble());
        }
        return batch;
    }

    private static Decision sampled(Policy policy, Context context, SplittableRandom random) {
        var out = new Generated();
        policy.generate(parameters(new float[policy.layout().size()]), context, Sampling.AS_LEARNED, random, out);
        return new Decision(context, out.copyActions(), out.copyLogProbs());
    }

    private static Decision decision(Context context, int action, float logProb) {
        return new Decision(context, new int[] {action}, new float[] {logProb});
    }

    private static Context tokens(int... tokens) {
        return new Context.Tokens(tokens);
    }
}

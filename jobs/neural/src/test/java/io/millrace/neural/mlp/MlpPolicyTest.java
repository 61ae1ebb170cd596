package io.millrace.neural.mlp;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Frequencies;
import io.millrace.policy.Generated;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.UnknownActionException;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.PolicySpecException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlpPolicyTest {

    private final SplittableRandom random = new SplittableRandom(5);

    @ParameterizedTest
    @CsvSource({"tanh, separate", "tanh, shared", "relu, separate", "relu, shared"})
    void recordsWhatItScores(String activation, String trunk) {
        Policy policy = Mlps.policy(activation, trunk, List.of(64, 33));
        Parameters theta = parameters(scaled(randomVector(policy.layout().size(), random), 0.3f));
        var out = new Generated();
        for (int i = 0; i < 20; i++) {
            Context context = Mlps.state(random);
            boolean greedy = i % 2 == 1;
            policy.generate(theta, context, greedy ? new Sampling.Greedy() : Sampling.AS_LEARNED, random, out);
            var batch = new Batch();
            batch.add(Trajectory.of(new Decision(context, out.copyActions(), out.copyLogProbs())), 0);
            var scores = new Scores();

            policy.score(theta, batch, scores);

            assertThat(out.logProb(0)).isEqualTo(greedy ? 0 : scores.logProb(0), within(1e-5f));
            assertThat(scores.entropy()).isEqualTo(out.entropy(), within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 3})
    void samplesAsOftenAsItRecords(double temperature) {
        Policy policy = Mlps.policy("tanh", "separate", List.of(8));
        Parameters theta = parameters(randomVector(policy.layout().size(), random));
        Frequencies.check(policy, theta, Mlps.state(random), new Sampling.Stochastic(temperature), 3);
    }

    @Test
    void refusesToSampleFromTheLikeliestOnly() {
        Policy policy = Mlps.policy("tanh", "separate", List.of(8));
        Parameters theta = parameters(new float[policy.layout().size()]);

        assertThatThrownBy(() -> policy.generate(
                        theta, Mlps.state(random), new Sampling.Stochastic(1, 2, 1), random, new Generated()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("top-k, top-p: expected");
    }

    @Test
    void greedyTakesTheLikeliest() {
        Policy policy = Mlps.policy("relu", "shared", List.of(8));
        Parameters theta = parameters(randomVector(policy.layout().size(), random));
        var out = new Generated();
        for (int i = 0; i < 20; i++) {
            Context context = Mlps.state(random);
            policy.generate(theta, context, new Sampling.Greedy(), random, out);
            var batch = new Batch();
            batch.add(Trajectory.of(new Decision(context, out.copyActions(), out.copyLogProbs())), 0);
            var scores = new Scores();
            policy.score(theta, batch, scores);
            assertThat(scores.logProb(0)).isGreaterThanOrEqualTo((float) -Math.log(3));
            assertThat(out.logProb(0)).as("nothing else could have come").isZero();
        }
    }

    @Test
    void beginsTheSameForEqualSeedsAndNearlyUniform() {
        Policy policy = Mlps.policy("tanh", "separate", List.of(64, 64));
        float[] theta = new float[policy.layout().size()];
        float[] same = randomVector(theta.length, random);
        float[] other = new float[theta.length];
        policy.initialize(theta, 3);
        policy.fork().initialize(same, 3);
        policy.initialize(other, 4);

        assertThat(same).isEqualTo(theta);
        assertThat(other).isNotEqualTo(theta);
        var out = new Generated();
        policy.generate(parameters(theta), Mlps.state(random), Sampling.AS_LEARNED, random, out);
        assertThat(out.entropy()).isEqualTo(Math.log(3), within(1e-3));
        assertThat(policy.hasValueHead()).isTrue();
    }

    @Test
    void forksShareNothing() {
        Policy policy = Mlps.policy("tanh", "separate", List.of(16));
        Policy fork = policy.fork();
        float[] one = randomVector(policy.layout().size(), random);
        float[] two = randomVector(policy.layout().size(), random);
        Batch batch = Mlps.batch(30, random);
        Mlps.Fixed weighting = Mlps.Fixed.random(batch, 0.1, random);
        var alone = new GradientAccumulator(policy.layout());
        policy.gradient(parameters(one), batch, weighting, alone);

        var interleaved = new GradientAccumulator(policy.layout());
        policy.gradient(
                parameters(one),
                batch,
                new InBetween(weighting, () -> {
                    fork.gradient(
                            parameters(two),
                            Mlps.batch(90, random),
                            InBetween.NOTHING,
                            new GradientAccumulator(fork.layout()));
                }),
                interleaved);

        assertThat(interleaved.values()).isEqualTo(alone.values());
    }

    @Test
    void rendersTheNamesOfActions() {
        Policy policy = Mlps.policy("tanh", "separate", List.of(4));
        Context context = policy.encode(new Prompt.Dense(new float[] {1, 2, 3}));
        assertThat(policy.render(context, new int[] {2, 0}, 1)).containsExactly("right");
    }

    @Test
    void knowsTheActionOfAName() {
        Policy policy = Mlps.policy("tanh", "separate", List.of(4));
        Context context = Mlps.state(random);

        for (int action = 0; action < 3; action++) {
            List<String> output = policy.render(context, new int[] {action}, 1);
            assertThat(policy.actions(context, output)).containsExactly(action);
        }
        assertThatThrownBy(() -> policy.actions(context, List.of("up")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("output: expected one of the actions [left, stay, right], found 'up'");
        for (List<String> output : List.of(List.<String>of(), List.of("left", "stay"))) {
            assertThatThrownBy(() -> policy.actions(context, output))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("output: expected one action, found " + output.size());
        }
    }

    @Test
    void knowsHowLikelyAnActionIsByChance() {
        Policy policy = Mlps.policy("tanh", "separate", List.of(4));

        assertThat(policy.uniformLogProb(Mlps.decision(Mlps.state(random), 2)))
                .hasValueCloseTo(-Math.log(3), within(1e-12));
        assertThat(policy.uniformLogProb(Mlps.cut(Mlps.state(random)))).hasValueCloseTo(0.0, within(0.0));
    }

    @Test
    void refusesStatesAndActionsThatDoNotFit() {
        Policy policy = Mlps.policy("tanh", "separate", List.of(4));
        assertThatThrownBy(() -> policy.encode(new Prompt.Tokens(List.of("a"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("prompt: expected a dense vector, found Tokens");
        assertThatThrownBy(() -> policy.encode(new Prompt.Dense(new float[2])))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("state: expected 3 numbers, found 2");
        for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 2e6f}) {
            assertThatThrownBy(() -> policy.encode(new Prompt.Dense(new float[] {0, value, 0})))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("state[1]: expected a number from -1e6 to 1e6, found " + value);
        }
        Context context = Mlps.state(random);
        policy.validate(Mlps.cut(context));
        assertThatThrownBy(() -> policy.validate(Mlps.decision(context, 3))).isInstanceOf(UnknownActionException.class);
        assertThatThrownBy(() -> policy.validate(new Decision(context, new int[2], new float[2])))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("actions: expected 1, found 2");
        assertThatThrownBy(() -> policy.validate(new Decision(context, new int[1], new float[] {0.5f})))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> policy.validate(Mlps.decision(new Context.Tokens(new int[1]), 0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("context: expected a dense vector, found Tokens");
    }

    @Test
    void refusesModelsThatCannotBe() {
        assertRefused("model.inputs: expected a whole number from 1 to 65536", "inputs", 0);
        assertRefused("model.hidden: expected a list of at most 16, each a whole number", "hidden", List.of(4, "x"));
        assertRefused("model.hidden: expected", "hidden", List.of(0));
        assertRefused("model.activation: expected one of tanh, relu", "activation", "sine");
        assertRefused("model.trunk: expected one of separate, shared", "trunk", "both");
        assertRefused("model.initialization: expected one of uniform, orthogonal", "initialization", "zero");
        assertRefused("model.depth: expected one of the keys", "depth", 3);
        assertRefused(
                "model.inputs, model.hidden and model.actions: expected at most", "hidden", List.of(65536, 65536));
    }

    @Test
    void refusesParametersThatAreNotFinite() {
        Policy policy = Mlps.policy("tanh", "separate", List.of(4));
        float[] theta = randomVector(policy.layout().size(), random);
        theta[0] = Float.NaN;
        Batch batch = Mlps.batch(3, random);
        assertThatThrownBy(() -> policy.score(parameters(theta), batch, new Scores()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("some parameter is not finite");
    }

    private static void assertRefused(String start, String key, Object value) {
        Map<String, Object> model = new HashMap<>(Map.of("inputs", 3, "actions", Mlps.ACTIONS));
        model.put(key, value);
        assertThatThrownBy(() -> Mlps.policy(model))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageStartingWith(start);
    }

    private static float[] scaled(float[] vector, float factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
        return vector;
    }
}

package io.millrace.neural.mlp;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Policy;
import io.millrace.policy.Scores;
import io.millrace.policy.parameters.GradientAccumulator;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MlpGradientTest {

    private static final double STEP = 1e-5;

    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest
    @CsvSource({
        "tanh, separate, 0, '5,4'", "tanh, shared, 0.7, '5,4,6'", "relu, separate, 0.7, '6,5,4'",
        "relu, shared, 0, '5'", "tanh, separate, 0.7, ''", "tanh, shared, 0.7, '4,9'"
    })
    void agreesWithFiniteDifferencesOfTheDefinition(
            String activation, String trunk, double entropyBonus, String hidden) {
        Policy policy = Mlps.policy(activation, trunk, widths(hidden));
        var reference = new ReferenceMlp(policy.layout(), activation, trunk);
        float[] theta = randomVector(policy.layout().size(), random);
        Batch batch = Mlps.batch(7, random);
        Mlps.Fixed weighting = Mlps.Fixed.random(batch, entropyBonus, random);

        var gradient = new GradientAccumulator(policy.layout());
        policy.gradient(parameters(theta), batch, weighting, gradient);

        double[] precise = doubles(theta);
        for (int i = 0; i < precise.length; i++) {
            double at = precise[i];
            precise[i] = at + STEP;
            double above = reference.objective(precise, batch, weighting.w(), weighting.u(), entropyBonus);
            precise[i] = at - STEP;
            double below = reference.objective(precise, batch, weighting.w(), weighting.u(), entropyBonus);
            precise[i] = at;
            assertThat((double) gradient.values()[i])
                    .as("element %d", i)
                    .isEqualTo((above - below) / (2 * STEP), within(1e-4));
        }
        assertThat(gradient.touchedRows()).isEqualTo(policy.layout().rows());
    }

    @ParameterizedTest
    @CsvSource({"tanh, separate", "relu, shared"})
    void scoresAreThoseOfTheDefinition(String activation, String trunk) {
        Policy policy = Mlps.policy(activation, trunk, List.of(8, 5));
        var reference = new ReferenceMlp(policy.layout(), activation, trunk);
        float[] theta = randomVector(policy.layout().size(), random);
        Batch batch = Mlps.batch(9, random);
        var scores = new Scores();

        policy.score(parameters(theta), batch, scores);

        double entropy = 0;
        int at = 0;
        for (int t = 0; t < batch.size(); t++) {
            for (var decision : batch.trajectory(t).decisions()) {
                float[] state = ((Context.Dense) decision.context()).values();
                double[] logProbs = reference.logProbs(doubles(theta), state);
                entropy += ReferenceMlp.entropy(logProbs);
                assertThat((double) scores.logProb(at)).isEqualTo(logProbs[decision.actions()[0]], within(1e-5));
                assertThat((double) scores.value(at++)).isEqualTo(reference.value(doubles(theta), state), within(1e-5));
            }
        }
        assertThat(scores.length()).isEqualTo(at);
        assertThat(scores.entropy()).isEqualTo(entropy, within(1e-4));
    }

    /** More decisions than one group of rows holds, so that group borders are crossed. */
    @Test
    void aBatchIsTheSumOfItsTrajectories() {
        Policy policy = Mlps.policy("tanh", "separate", List.of(6));
        float[] theta = randomVector(policy.layout().size(), random);
        Batch batch = Mlps.batch(2_000, random);
        assertThat(batch.actions()).isGreaterThan(4096);
        Mlps.Fixed weighting = Mlps.Fixed.random(batch, 0.1, random);
        var whole = new GradientAccumulator(policy.layout());
        policy.gradient(parameters(theta), batch, weighting, whole);

        var parts = new GradientAccumulator(policy.layout());
        int first = 0;
        for (int t = 0; t < batch.size(); t++) {
            var one = new Batch();
            one.add(batch.trajectory(t), 1);
            double[] w = Arrays.copyOfRange(weighting.w(), first, first + one.actions());
            double[] u = Arrays.copyOfRange(weighting.u(), first, first + one.actions());
            policy.gradient(parameters(theta), one, new Mlps.Fixed(one, w, u, 0.1), parts);
            first += one.actions();
        }

        for (int i = 0; i < theta.length; i++) {
            assertThat(whole.values()[i]).as("element %d", i).isEqualTo(parts.values()[i], within(2e-2f));
        }
    }

    @Test
    void addsToWhatIsThere() {
        Policy policy = Mlps.policy("tanh", "shared", List.of(6));
        float[] theta = randomVector(policy.layout().size(), random);
        Batch batch = Mlps.batch(4, random);
        Mlps.Fixed weighting = Mlps.Fixed.random(batch, 0, random);
        var once = new GradientAccumulator(policy.layout());
        policy.gradient(parameters(theta), batch, weighting, once);
        var twice = new GradientAccumulator(policy.layout());
        policy.gradient(parameters(theta), batch, weighting, twice);
        policy.gradient(parameters(theta), batch, weighting, twice);
        for (int i = 0; i < theta.length; i++) {
            assertThat(twice.values()[i]).isEqualTo(2 * once.values()[i], within(1e-5f));
        }
        assertThat(once.values()).isNotEqualTo(new float[theta.length]);
    }

    private static List<Integer> widths(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of(text.split(",")).stream().map(Integer::valueOf).toList();
    }

    private static double[] doubles(float[] vector) {
        double[] copy = new double[vector.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = vector[i];
        }
        return copy;
    }
}

package io.millrace.neural.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializationTest {

    @ParameterizedTest
    @CsvSource({"4, 64", "64, 4", "7, 7", "1, 5", "5, 1", "1, 1"})
    void orthogonalWeightsAreOrthonormalTimesTheGain(int inputs, int outputs) {
        double gain = 1.5;
        var layer = new Layer(inputs, outputs, 3, 3 + inputs * outputs, gain);
        float[] theta = new float[3 + (inputs + 1) * outputs];

        Initialization.ORTHOGONAL.fill(layer, theta, new SplittableRandom(1));

        boolean tall = inputs >= outputs;
        int count = Math.min(inputs, outputs);
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                double dot = 0;
                for (int k = 0; k < Math.max(inputs, outputs); k++) {
                    dot += tall
                            ? (double) weight(theta, layer, k, a) * weight(theta, layer, k, b)
                            : (double) weight(theta, layer, a, k) * weight(theta, layer, b, k);
                }
                assertThat(dot).as("%d · %d", a, b).isEqualTo(a == b ? gain * gain : 0, within(1e-6));
            }
        }
        assertThat(theta).startsWith(0f, 0f, 0f).endsWith(new float[outputs]);
    }

    private static float weight(float[] theta, Layer layer, int input, int output) {
        return theta[layer.weightAt() + input * layer.outputs() + output];
    }

    @Test
    void uniformWeightsHaveTheVarianceOfTheGain() {
        var layer = new Layer(100, 300, 0, 30_000, 2);
        float[] theta = new float[30_300];

        Initialization.UNIFORM.fill(layer, theta, new SplittableRandom(1));

        double squares = 0;
        for (int i = 0; i < layer.biasAt(); i++) {
            squares += theta[i] * theta[i];
        }
        assertThat(squares / layer.biasAt()).isEqualTo(4.0 / 100, within(1e-3));
    }

    @Test
    void isWhatTheFileAsksFor() {
        float[] uniform = theta("uniform");
        float[] orthogonal = theta("orthogonal");

        assertThat(uniform).isNotEqualTo(orthogonal);
        assertThat(theta("orthogonal")).isEqualTo(orthogonal);
    }

    private static float[] theta(String initialization) {
        var policy = Mlps.policy(
                Map.of("inputs", 3, "actions", Mlps.ACTIONS, "hidden", List.of(8), "initialization", initialization));
        float[] theta = new float[policy.layout().size()];
        policy.initialize(theta, 5);
        return theta;
    }
}

package io.millrace.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplingTest {

    @Test
    void refusesATemperatureAtWhichLogProbsOverflow() {
        for (double outside : new double[] {Double.NaN, -1, 0, 1e-300, 0.0099, 100.1, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Sampling.Stochastic(outside))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("temperature: expected 0.01 to 100.0, found " + outside);
        }
        for (double inside : new double[] {0.01, 1, 100}) {
            assertThat(new Sampling.Stochastic(inside).temperature()).isEqualTo(inside);
        }
    }
}

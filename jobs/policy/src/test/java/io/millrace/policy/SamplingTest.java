package io.millrace.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"-1, 1, top-k", "0, 0, top-p", "0, 1.01, top-p", "0, NaN, top-p"})
    void refusesARestrictionThatLeavesNoDistribution(int topK, double topP, String named) {
        assertThatThrownBy(() -> new Sampling.Stochastic(1, topK, topP))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(named + ": expected");
    }

    @Test
    void refusesARestrictionThatAKindDoesNotKnow() {
        assertThatThrownBy(() -> Sampling.refuseRestriction(new Sampling.Stochastic(1, 3, 1), "choice"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("kind choice, found 3 and 1.0");
        assertThatThrownBy(() -> Sampling.refuseRestriction(new Sampling.Stochastic(1, 0, 0.5), "choice"))
                .hasMessageContaining("found 0 and 0.5");
        assertThatCode(() -> Sampling.refuseRestriction(new Sampling.Stochastic(0.5), "choice"))
                .doesNotThrowAnyException();
        assertThatCode(() -> Sampling.refuseRestriction(new Sampling.Greedy(), "choice"))
                .doesNotThrowAnyException();
    }
}

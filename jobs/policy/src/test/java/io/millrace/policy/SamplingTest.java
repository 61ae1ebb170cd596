package io.millrace.policy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, temperature", "-1, 0, 1, temperature", "NaN, 0, 1, temperature", "Infinity, 0, 1, temperature",
        "1, -1, 1, top-k", "1, 0, 0, top-p", "1, 0, 1.01, top-p", "1, 0, NaN, top-p"
    })
    void refusesWhatIsNoDistribution(double temperature, int topK, double topP, String named) {
        assertThatThrownBy(() -> new Sampling.Stochastic(temperature, topK, topP))
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

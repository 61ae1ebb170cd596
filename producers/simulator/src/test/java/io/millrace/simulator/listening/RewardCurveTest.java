package io.millrace.simulator.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewardCurveTest {

    private final RewardCurve curve = new RewardCurve();

    @Test
    void hasNoMeanBeforeTheFirstReward() {
        assertThat(curve.mean(0, 1)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 2_047, 2_048, 2_049, 100_000, 1_234_567})
    void knowsTheMeansOfTheFirstAndTheLastTenthHoweverManyThereAre(int rewards) {
        for (int i = 0; i < rewards; i++) {
            curve.add((i + 0.5) / rewards);
        }

        assertThat(curve.count()).isEqualTo(rewards);
        assertThat(curve.mean(0, 1)).isCloseTo(0.5, within(1e-9));
        assertThat(curve.mean(0, 0.1)).isCloseTo(0.05, within(1e-3));
        assertThat(curve.mean(0.9, 1)).isCloseTo(0.95, within(1e-3));
    }
}

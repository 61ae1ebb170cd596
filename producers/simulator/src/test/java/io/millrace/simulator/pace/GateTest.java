package io.millrace.simulator.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 7, 500, 20_000})
    void letsThroughAsManyAsTheRateSays(double rate) {
        Gate gate = new Gate(0);
        long through = 0;
        for (long now = 0; now < 20 * SECOND; ) {
            long wait = gate.take(now, rate);
            through += wait == 0 ? 1 : 0;
            now += wait;
        }

        assertThat((double) through).isBetween(20 * rate - 1, 20 * rate + 2);
    }

    @Test
    void doesNotMakeUpForALongPause() {
        Gate gate = new Gate(0);
        long later = 60 * SECOND;
        int burst = 0;
        while (gate.take(later, 1_000) == 0) {
            burst++;
        }

        assertThat(burst).isEqualTo(10);
    }

    @Test
    void aFixedRateMustBePositive() {
        assertThat(Pacer.fixed(500).ratePerSecond()).isEqualTo(500);
        assertThatThrownBy(() -> Pacer.fixed(0)).hasMessageContaining("rate: expected more than 0 a second, found 0.0");
    }
}

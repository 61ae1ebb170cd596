package io.millrace.simulator.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentLagTest {

    private static final long MILLI = 1_000_000;

    private long now = -5;
    private final RecentLag lag = new RecentLag(() -> now);

    @Test
    void isNotKnownBeforeTheFirstUpdate() {
        assertThat(lag.getAsDouble()).isNaN();
    }

    @Test
    void isTheNinetiethPercentileOfTheLastSecond() {
        lag.applied(9_000);
        now += 1_500 * MILLI;
        for (int i = 1; i <= 20; i++) {
            lag.applied(10 * i);
        }

        assertThat(lag.getAsDouble()).isEqualTo(180);
    }

    @Test
    void growsWhileNothingIsApplied() {
        lag.applied(80);
        now += 60 * MILLI;
        assertThat(lag.getAsDouble()).isEqualTo(80);

        now += 2_940 * MILLI;
        assertThat(lag.getAsDouble()).isEqualTo(3_000);

        lag.applied(90);
        assertThat(lag.getAsDouble()).isEqualTo(90);
    }
}

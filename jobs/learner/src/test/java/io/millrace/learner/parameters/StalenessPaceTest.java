package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StalenessPaceTest {

    private static final long LIMIT = 10;
    private static final long FASTEST_MS = 50;

    private final StalenessPace pace = new StalenessPace();
    private long nowMs = 1_000;

    @Test
    void holdsNothingWhileRewardsAreFresh() {
        for (int i = 0; i < 100; i++) {
            publish(LIMIT / 2);
        }
        assertThat(pace.intervalMs()).isZero();
    }

    @Test
    void holdsUpdatesUntilADelayIsHalfTheLimit() {
        for (int i = 0; i < 60; i++) {
            publish(0);
        }

        publish(40);

        assertThat(pace.intervalMs()).as("40 versions of 50 ms in 5").isEqualTo(2 * 40 * FASTEST_MS / LIMIT);
    }

    @Test
    void findsAnIntervalAtWhichNothingOfAConstantDelayIsTooStale() {
        long delayMs = 2_000;
        long refused = 0;
        long[] publishedAtMs = new long[500];
        for (int version = 0; version < publishedAtMs.length; version++) {
            long generatedMs = nowMs - delayMs;
            long behaviour = 0;
            while (behaviour < version && publishedAtMs[(int) behaviour] <= generatedMs) {
                behaviour++;
            }
            long staleness = version - behaviour;
            refused += staleness > LIMIT && version > 100 ? 1 : 0;
            publishedAtMs[version] = nowMs;
            publish(staleness);
        }

        assertThat(refused).isZero();
        assertThat(pace.intervalMs()).isBetween(200L, 500L);
    }

    @Test
    void relaxesOnceRewardsAreFreshAgain() {
        for (int i = 0; i < 60; i++) {
            publish(40);
        }
        long held = pace.intervalMs();
        for (int i = 0; i < 200; i++) {
            publish(0);
        }
        assertThat(held).isPositive();
        assertThat(pace.intervalMs()).isZero();
    }

    @Test
    void isNotFooledByAQuietHour() {
        publish(0);
        nowMs += 3_600_000;
        publish(1);

        assertThat(pace.intervalMs()).isZero();
    }

    @Test
    void neverHoldsLongerThanAMinute() {
        publish(0);
        nowMs += 3_600_000;
        publish(LIMIT + 1);

        assertThat(pace.intervalMs()).isEqualTo(StalenessPace.MAX_INTERVAL_MS);
    }

    private void publish(long stalest) {
        pace.published(nowMs, stalest, LIMIT);
        nowMs += Math.max(FASTEST_MS, pace.intervalMs());
    }
}

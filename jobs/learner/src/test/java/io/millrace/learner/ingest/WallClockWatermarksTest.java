package io.millrace.learner.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

class WallClockWatermarksTest {

    private static final long START_MS = 1_000_000;
    private static final Duration BOUND = Duration.ofMillis(100);
    private static final Duration IDLE_AFTER = Duration.ofSeconds(10);
    private static final Duration START_GRACE = Duration.ofSeconds(30);

    private final ManualClock clock =
            new ManualClock(Duration.ofMillis(START_MS).toNanos());
    private final ManualClock reading = new ManualClock();
    private final WallClockWatermarks<String> generator =
            new WallClockWatermarks<>(BOUND, IDLE_AFTER, START_GRACE, clock, reading);
    private final Output output = new Output();

    @Test
    void followsTheNewestEventAtADistance() {
        event(START_MS);
        event(START_MS - 50);

        assertThat(watermarks()).containsExactly(START_MS - 101);
    }

    @Test
    void saysNothingBeforeTheFirstEventWithinTheGrace() {
        pass(START_GRACE.minusMillis(1));

        assertThat(watermarks()).isEmpty();
    }

    @Test
    void followsTheWallClockWithoutAnyEventOnceTheGraceIsOver() {
        pass(START_GRACE);

        assertThat(watermarks()).containsExactly(START_MS + 30_000 - 10_000 - 101);
    }

    @Test
    void waitsForEventsWhileTheGraceLasts() {
        event(START_MS);
        pass(Duration.ofSeconds(29));

        assertThat(watermarks()).containsExactly(START_MS - 101);
    }

    @Test
    void followsTheWallClockOnlyOnceIdleForLongEnough() {
        pass(START_GRACE);
        event(START_MS + 30_000);
        assertThat(watermarks()).containsExactly(START_MS + 30_000 - 101);

        pass(IDLE_AFTER);
        assertThat(watermarks()).isEmpty();

        pass(Duration.ofMillis(1));
        assertThat(watermarks()).containsExactly(START_MS + 30_001 - 101);

        pass(Duration.ofSeconds(5));
        assertThat(watermarks()).containsExactly(START_MS + 35_001 - 101);
    }

    @Test
    void followsEventsAgainAfterAPause() {
        pass(Duration.ofSeconds(60));
        assertThat(watermarks()).hasSize(1);

        event(START_MS + 60_000);

        assertThat(watermarks()).containsExactly(START_MS + 60_000 - 101);
    }

    @Test
    void neverGoesBackwards() {
        pass(Duration.ofSeconds(60));
        long reached = watermarks().get(0);

        event(START_MS + 1_000);
        assertThat(watermarks()).as("an event from before that time").isEmpty();

        event(START_MS + 60_000);
        assertThat(watermarks()).allMatch(watermark -> watermark > reached).isNotEmpty();
    }

    @Test
    void doesNotTakeTimeInWhichNothingIsReadForIdle() {
        event(START_MS);
        assertThat(watermarks()).hasSize(1);

        for (int i = 0; i < 100; i++) {
            pauseReading(Duration.ofSeconds(10));
            pass(Duration.ofMillis(50));
            assertThat(watermarks()).as("after pause %d", i).isEmpty();
        }
    }

    @Test
    void staysBehindByTheTimeInWhichNothingWasRead() {
        pass(START_GRACE);
        event(START_MS + 30_000);
        pass(Duration.ofSeconds(6));
        pauseReading(Duration.ofMinutes(1));
        pass(Duration.ofSeconds(5));

        assertThat(watermarks())
                .as("of the last 10 s of reading some were before the pause")
                .hasSize(1)
                .allMatch(watermark -> watermark < START_MS + 36_000);
    }

    @Test
    void forgetsAPauseOnceItHasReadForLongEnough() {
        pass(START_GRACE);
        assertThat(watermarks()).hasSize(1);
        pauseReading(Duration.ofMinutes(1));

        for (int i = 0; i < 20; i++) {
            pass(Duration.ofSeconds(1));
            watermarks();
        }

        pass(Duration.ofSeconds(1));
        assertThat(watermarks()).containsExactly(START_MS + 30_000 + 60_000 + 21_000 - 10_000 - 101);
    }

    /** Time passes, and events would be read if there were any. */
    private void pass(Duration time) {
        clock.advanceTime(time);
        reading.advanceTime(time);
    }

    /** Time passes under backpressure. */
    private void pauseReading(Duration time) {
        clock.advanceTime(time);
    }

    private void event(long timestampMs) {
        generator.onEvent("event", timestampMs, output);
    }

    private List<Long> watermarks() {
        output.emitted.clear();
        generator.onPeriodicEmit(output);
        return List.copyOf(output.emitted);
    }

    private static final class Output implements WatermarkOutput {

        private final List<Long> emitted = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            emitted.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            throw new AssertionError("an idle mark would stop event time");
        }

        @Override
        public void markActive() {
            throw new AssertionError("was never idle");
        }
    }
}

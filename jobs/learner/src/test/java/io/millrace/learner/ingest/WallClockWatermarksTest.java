package io.millrace.learner.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.ManualClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WallClockWatermarksTest {

    private static final long START_MS = 1_000_000;
    private static final Duration BOUND = Duration.ofMillis(100);
    private static final Duration IDLE_AFTER = Duration.ofSeconds(10);
    private static final Duration START_GRACE = Duration.ofSeconds(30);

    private final ManualClock clock =
            new ManualClock(Duration.ofMillis(START_MS).toNanos());
    private final WallClockWatermarks<String> generator =
            new WallClockWatermarks<>(BOUND, IDLE_AFTER, START_GRACE, clock);
    private final Output output = new Output();

    @Test
    void followsTheNewestEventAtADistance() {
        event(START_MS);
        event(START_MS - 50);

        assertThat(watermarks()).containsExactly(START_MS - 101);
    }

    @Test
    void leavesTheMainOutputOfASourceSilentSoThatSplitsWithABacklogHoldTimeBack() {
        var supplier = WallClockWatermarks.<String>supplier(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        var mainOutput = supplier.createWatermarkGenerator(null);
        var split = supplier.createWatermarkGenerator(null);
        Awaitility.await().untilAsserted(() -> {
            split.onPeriodicEmit(output);
            assertThat(output.emitted).isNotEmpty();
        });
        output.emitted.clear();

        mainOutput.onPeriodicEmit(output);

        assertThat(output.emitted).isEmpty();
    }

    @Test
    void saysNothingBeforeTheFirstEventWithinTheGrace() {
        clock.advanceTime(START_GRACE.minusMillis(1));

        assertThat(watermarks()).isEmpty();
    }

    @Test
    void followsTheWallClockWithoutAnyEventOnceTheGraceIsOver() {
        clock.advanceTime(START_GRACE);

        assertThat(watermarks()).containsExactly(START_MS + 30_000 - 10_000 - 101);
    }

    @Test
    void waitsForEventsWhileTheGraceLasts() {
        event(START_MS);
        clock.advanceTime(Duration.ofSeconds(29));

        assertThat(watermarks()).containsExactly(START_MS - 101);
    }

    @Test
    void followsTheWallClockOnlyOnceIdleForLongEnough() {
        clock.advanceTime(START_GRACE);
        event(START_MS + 30_000);
        assertThat(watermarks()).containsExactly(START_MS + 30_000 - 101);

        clock.advanceTime(IDLE_AFTER);
        assertThat(watermarks()).isEmpty();

        clock.advanceTime(Duration.ofMillis(1));
        assertThat(watermarks()).containsExactly(START_MS + 30_001 - 101);

        clock.advanceTime(Duration.ofSeconds(5));
        assertThat(watermarks()).containsExactly(START_MS + 35_001 - 101);
    }

    @Test
    void followsEventsAgainAfterAPause() {
        clock.advanceTime(Duration.ofSeconds(60));
        assertThat(watermarks()).hasSize(1);

        event(START_MS + 60_000);

        assertThat(watermarks()).containsExactly(START_MS + 60_000 - 101);
    }

    @Test
    void neverGoesBackwards() {
        clock.advanceTime(Duration.ofSeconds(60));
        long reached = watermarks().get(0);

        event(START_MS + 1_000);
        assertThat(watermarks()).as("an event from before that time").isEmpty();

        event(START_MS + 60_000);
        assertThat(watermarks()).allMatch(watermark -> watermark > reached).isNotEmpty();
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

package io.millrace.learner.ingest;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Watermarks that follow the events while there are some and the wall clock while there are none.
 *
 * <p>Bounded-out-of-orderness alone never closes the last windows once a topic falls silent; marking the source idle does
 * not either, since then nothing moves time at all. After {@code idleAfter} without an event of a split, this generator
 * takes the time {@code idleAfter} ago for its watermark: whatever has not been fetched in that long was not appended. So
 * {@code idleAfter} must exceed the longest stall of a fetch. Right after a (re)start the first fetch may take longer, hence
 * {@code startGrace}, in which only events move time.
 *
 * <p>Under backpressure Flink goes on asking for watermarks while it reads no events, however many there are. So the split is
 * idle only by the time in which it was read, and the watermark stays behind by the time in which it was not.
 *
 * <p>Event time here is the broker's append time, so a producer with a wrong clock cannot close other people's windows.
 *
 * @param <T> type of the events; only their timestamps count
 */
public final class WallClockWatermarks<T> implements WatermarkGenerator<T> {

    private final long boundMs;
    private final long idleAfterMs;
    private final Clock clock;
    private final RelativeClock reading;
    private final long followClockFromMs;
    private long maxTimestampMs = Long.MIN_VALUE;
    private long lastEventReadMs;
    private long emitted = Long.MIN_VALUE;

    /** A moment at least {@code idleAfter} of reading ago, and a later one that will take its place. */
    private Moment past;

    private Moment recent;

    /**
     * @param readMs on the clock that stands still while nothing is read; milliseconds since an arbitrary origin
     * @param pausedMs what the wall clock is ahead of that; milliseconds, from the same origin
     */
    private record Moment(long readMs, long pausedMs) {}

    /** @param reading goes on only while events are read */
    WallClockWatermarks(Duration bound, Duration idleAfter, Duration startGrace, Clock clock, RelativeClock reading) {
        this.boundMs = bound.toMillis();
        this.idleAfterMs = idleAfter.toMillis();
        this.clock = clock;
        this.reading = reading;
        long nowMs = clock.absoluteTimeMillis();
        this.lastEventReadMs = reading.relativeTimeMillis();
        this.past = new Moment(lastEventReadMs, nowMs - lastEventReadMs);
        this.recent = past;
        this.followClockFromMs = nowMs + startGrace.toMillis();
    }

    /** A supplier on the system's clock; one is used up by each task of a source. */
    public static <T> WatermarkGeneratorSupplier<T> supplier(Duration bound, Duration idleAfter, Duration startGrace) {
        return new SplitWatermarks<>(bound, idleAfter, startGrace);
    }

    @Override
    public void onEvent(T event, long timestampMs, WatermarkOutput output) {
        maxTimestampMs = Math.max(maxTimestampMs, timestampMs);
        lastEventReadMs = reading.relativeTimeMillis();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long watermark = maxTimestampMs == Long.MIN_VALUE ? Long.MIN_VALUE : maxTimestampMs - boundMs - 1;
        long nowMs = clock.absoluteTimeMillis();
        long readMs = reading.relativeTimeMillis();
        long pausedMs = nowMs - readMs;
        if (readMs - recent.readMs() >= idleAfterMs) {
            past = recent;
            recent = new Moment(readMs, pausedMs);
        }
        if (readMs - lastEventReadMs > idleAfterMs && nowMs >= followClockFromMs) {
            long pausedSince = Math.max(0, pausedMs - past.pausedMs());
            watermark = Math.max(watermark, nowMs - idleAfterMs - pausedSince - boundMs - 1);
        }
        if (watermark > emitted) {
            emitted = watermark;
            output.emitWatermark(new Watermark(watermark));
        }
    }
}

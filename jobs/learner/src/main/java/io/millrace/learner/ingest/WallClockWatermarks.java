package io.millrace.learner.ingest;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.NoWatermarksGenerator;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.clock.SystemClock;

/**
 * Watermarks that follow the events while there are some and the wall clock while there are none.
 *
 * <p>Bounded-out-of-orderness alone never closes the last windows once a topic falls silent; marking the source idle does
 * not either, since then nothing moves time at all. After {@code idleAfter} without an event of a split, this generator
 * takes the time {@code idleAfter} ago for its watermark: whatever has not been fetched in that long was not appended. So
 * {@code idleAfter} must exceed the longest stall of a fetch. Right after a (re)start the first fetch may take longer, hence
 * {@code startGrace}, in which only events move time.
 *
 * <p>Event time here is the broker's append time, so a producer with a wrong clock cannot close other people's windows.
 *
 * @param <T> type of the events; only their timestamps count
 */
public final class WallClockWatermarks<T> implements WatermarkGenerator<T> {

    private final long boundMs;
    private final long idleAfterMs;
    private final Clock clock;
    private final long followClockFromMs;
    private long maxTimestampMs = Long.MIN_VALUE;
    private long lastEventAtMs;
    private long emitted = Long.MIN_VALUE;

    WallClockWatermarks(Duration bound, Duration idleAfter, Duration startGrace, Clock clock) {
        this.boundMs = bound.toMillis();
        this.idleAfterMs = idleAfter.toMillis();
        this.clock = clock;
        this.lastEventAtMs = clock.absoluteTimeMillis();
        this.followClockFromMs = lastEventAtMs + startGrace.toMillis();
    }

    /** A supplier on the system's clock; one is used up by each task of a source. */
    public static <T> WatermarkGeneratorSupplier<T> supplier(Duration bound, Duration idleAfter, Duration startGrace) {
        return new PerSplit<>(bound, idleAfter, startGrace);
    }

    /**
     * Gives every split a generator, and the source itself none. Flink's source asks for one for its main output first, to
     * which no record ever comes when records come by split; it would soon follow the wall clock, past the splits that
     * still have a backlog to read, and close windows whose rewards have not been read yet.
     */
    private static final class PerSplit<T> implements WatermarkGeneratorSupplier<T> {

        private static final long serialVersionUID = 1L;

        private final Duration bound;
        private final Duration idleAfter;
        private final Duration startGrace;
        private transient boolean mainOutputServed;

        private PerSplit(Duration bound, Duration idleAfter, Duration startGrace) {
            this.bound = bound;
            this.idleAfter = idleAfter;
            this.startGrace = startGrace;
        }

        @Override
        public WatermarkGenerator<T> createWatermarkGenerator(Context context) {
            if (!mainOutputServed) {
                mainOutputServed = true;
                return new NoWatermarksGenerator<>();
            }
            return new WallClockWatermarks<>(bound, idleAfter, startGrace, SystemClock.getInstance());
        }
    }

    @Override
    public void onEvent(T event, long timestampMs, WatermarkOutput output) {
        maxTimestampMs = Math.max(maxTimestampMs, timestampMs);
        lastEventAtMs = clock.absoluteTimeMillis();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long watermark = maxTimestampMs == Long.MIN_VALUE ? Long.MIN_VALUE : maxTimestampMs - boundMs - 1;
        long now = clock.absoluteTimeMillis();
        if (now - lastEventAtMs > idleAfterMs && now >= followClockFromMs) {
            watermark = Math.max(watermark, now - idleAfterMs - boundMs - 1);
        }
        if (watermark > emitted) {
            emitted = watermark;
            output.emitWatermark(new Watermark(watermark));
        }
    }
}

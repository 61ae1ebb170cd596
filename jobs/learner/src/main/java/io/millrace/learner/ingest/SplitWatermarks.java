package io.millrace.learner.ingest;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.SystemClock;

/**
 * Gives every split of a source {@link WallClockWatermarks}, and the source's main output none.
 *
 * <p>Flink's source asks for a generator for its main output first, to which no record ever comes when records come by split;
 * it would soon follow the wall clock, past the splits that still have a backlog to read, and close windows whose rewards have
 * not been read yet. All the main output does is to say that a task without any split is idle: where a topic has fewer
 * partitions than the source has tasks, those would hold event time back forever. A task may get its splits a while after its
 * start, so it only says so once the grace is over.
 *
 * @param <T> type of the events
 */
final class SplitWatermarks<T> implements WatermarkGeneratorSupplier<T> {

    private static final long serialVersionUID = 1L;

    private final Duration bound;
    private final Duration idleAfter;
    private final Duration startGrace;
    private transient boolean mainOutputServed;
    private transient boolean hasSplits;

    SplitWatermarks(Duration bound, Duration idleAfter, Duration startGrace) {
        this.bound = bound;
        this.idleAfter = idleAfter;
        this.startGrace = startGrace;
    }

    @Override
    public WatermarkGenerator<T> createWatermarkGenerator(Context context) {
        if (!mainOutputServed) {
            mainOutputServed = true;
            return new MainOutput();
        }
        hasSplits = true;
        return new WallClockWatermarks<>(
                bound, idleAfter, startGrace, SystemClock.getInstance(), context.getInputActivityClock());
    }

    /** Idle as long as there are no splits. */
    private final class MainOutput implements WatermarkGenerator<T> {

        private final long idleFromMs = SystemClock.getInstance().relativeTimeMillis() + startGrace.toMillis();
        private boolean idle;

        @Override
        public void onEvent(T event, long timestampMs, WatermarkOutput output) {
            // Events come by split.
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (!idle && !hasSplits && SystemClock.getInstance().relativeTimeMillis() >= idleFromMs) {
                idle = true;
                output.markIdle();
            } else if (idle && hasSplits) {
                idle = false;
                output.markActive();
            }
        }
    }
}

package io.millrace.learner.ingest;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Watermarks of a stream without event time: the end of time, at once. An operator's time is the least of its inputs', so
 * a control stream without any watermark would hold it back forever, and no window would ever close.
 *
 * @param <T> type of the records; they do not matter
 */
public final class TimelessWatermarks<T> implements WatermarkGenerator<T> {

    private TimelessWatermarks() {}

    public static <T> WatermarkGeneratorSupplier<T> supplier() {
        return context -> new TimelessWatermarks<>();
    }

    @Override
    public void onEvent(T event, long timestampMs, WatermarkOutput output) {
        // Records do not move time.
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.emitWatermark(Watermark.MAX_WATERMARK);
    }
}

package io.millrace.sdk.lag;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Times in milliseconds, to two significant digits; belongs to one thread.
 *
 * <p>The two ends of a link are read from two machines' clocks, so a difference may come out negative: it counts as 0. What
 * is longer than a week counts as a week, which bounds the memory.
 */
public final class MillisHistogram {

    private static final int SIGNIFICANT_DIGITS = 2;

    private static final long MAX_MILLIS = Duration.ofDays(7).toMillis();

    private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);

    /** Counts one time. */
    public void record(Instant from, Instant to) {
        add(to.toEpochMilli() - from.toEpochMilli(), 1);
    }

    /**
     * Counts every time of an encoded histogram, each made longer by {@code longerMillis}. The buffer is not consumed.
     *
     * @throws IllegalArgumentException when the bytes are not an HdrHistogram
     */
    public void merge(ByteBuffer encoded, long longerMillis) {
        for (HistogramIterationValue value : decode(encoded).recordedValues()) {
            add(value.getValueIteratedTo() + longerMillis, value.getCountAddedInThisIterationStep());
        }
    }

    private void add(long millis, long count) {
        histogram.recordValueWithCount(Math.max(0, Math.min(MAX_MILLIS, millis)), count);
    }

    private static Histogram decode(ByteBuffer encoded) {
        try {
            return Histogram.decodeFromByteBuffer(encoded.duplicate(), 0);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("lag histogram: expected an HdrHistogram, found other bytes", e);
        }
    }

    public boolean isEmpty() {
        return histogram.getTotalCount() == 0;
    }

    /** The HdrHistogram V2 encoding; forgets what was counted. */
    public ByteBuffer drain() {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoByteBuffer(buffer);
        histogram.reset();
        return buffer.flip();
    }

    /** Number of times counted. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** Sum of the times in milliseconds, to the precision of the histogram. */
    public double sum() {
        return histogram.getMean() * histogram.getTotalCount();
    }

    /** Number of times of at most {@code millis}, to the precision of the histogram. */
    public long countAtMost(long millis) {
        return histogram.getCountBetweenValues(0, millis);
    }

    /** The time, in milliseconds, that {@code percentile} percent do not exceed; 0 when empty. */
    public double percentile(double percentile) {
        return histogram.getValueAtPercentile(percentile);
    }

    /** The longest time in milliseconds; 0 when empty. */
    public double max() {
        return histogram.getMaxValue();
    }
}

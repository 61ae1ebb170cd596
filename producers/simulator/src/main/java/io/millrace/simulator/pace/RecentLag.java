package io.millrace.simulator.pace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The update lag of the last second in milliseconds, as users of one replica see it: told of every update applied there.
 *
 * <p>Of the updates of that second it takes the 90th percentile of each one's oldest reward, so that one hiccup does not
 * count as overload. While nothing is applied it is the time since the last update when that is longer: a system that stands
 * still reports no lags, and its users notice all the same. Safe for use by several threads.
 */
public final class RecentLag implements DoubleSupplier {

    private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double QUANTILE = 0.9;

    private record Applied(long atNanos, double lagMillis) {}

    private final LongSupplier nanoTime;
    private final Deque<Applied> recent = new ArrayDeque<>();

    /**
     * @param nanoTime monotonic time in nanoseconds
     */
    public RecentLag(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * An update that rewards had a part in was applied.
     *
     * @param lagMillis since the oldest of these rewards was appended to Kafka
     */
    public synchronized void applied(double lagMillis) {
        recent.addLast(new Applied(nanoTime.getAsLong(), lagMillis));
        forget();
    }

    /** NaN until the first update. */
    @Override
    public synchronized double getAsDouble() {
        forget();
        if (recent.isEmpty()) {
            return Double.NaN;
        }
        double[] lags = recent.stream().mapToDouble(Applied::lagMillis).sorted().toArray();
        double silence = (nanoTime.getAsLong() - recent.getLast().atNanos()) / NANOS_PER_MILLI;
        return Math.max(lags[(int) Math.ceil(QUANTILE * lags.length) - 1], silence);
    }

    /** All that is older than the window, but never the last. */
    private void forget() {
        long oldest = nanoTime.getAsLong() - WINDOW_NANOS;
        while (recent.size() > 1 && recent.getFirst().atNanos() - oldest < 0) {
            recent.removeFirst();
        }
    }
}

package io.millrace.local.demo;

import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.sdk.lag.MillisHistogram;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Update lag of the serving replicas: reward appended to Kafka → applied by a replica, one count a trajectory and replica.
 * Keeps the whole run and, for pacing, the last one to two seconds. Safe for use by several threads.
 */
public final class UpdateLag {

    private static final long WINDOW_MILLIS = 1000;

    private final MillisHistogram total = new MillisHistogram();
    private MillisHistogram current = new MillisHistogram();
    private MillisHistogram previous = new MillisHistogram();
    private long windowEndsAtMillis;
    private long lastAppliedAtMillis;

    /** Quantiles in milliseconds; {@code count} 0: none. */
    public record Quantiles(long count, double p50, double p90, double p99, double max) {
        static Quantiles of(MillisHistogram times) {
            return new Quantiles(
                    times.count(),
                    times.percentile(50),
                    times.percentile(90),
                    times.percentile(99),
                    times.isEmpty() ? 0 : times.max());
        }
    }

    /** Counts the trajectories of an update that a replica has applied. */
    public synchronized void applied(ParameterUpdate update, Instant at) {
        LearningStats stats = update.getStats();
        if (stats == null) {
            return;
        }
        ByteBuffer ages = stats.getAppendedToPublished();
        if (ages == null) {
            return;
        }
        long sincePublished =
                Math.max(0, at.toEpochMilli() - update.getCreatedAt().toEpochMilli());
        turnWindow(at.toEpochMilli());
        total.merge(ages, sincePublished);
        current.merge(ages, sincePublished);
        lastAppliedAtMillis = at.toEpochMilli();
    }

    /** Over the whole run. */
    synchronized Quantiles total() {
        return Quantiles.of(total);
    }

    /** Over the last one to two seconds. */
    synchronized Quantiles recent(Instant now) {
        turnWindow(now.toEpochMilli());
        return Quantiles.of(current.count() > previous.count() ? current : previous);
    }

    /**
     * What users see now: the recent 99th percentile, or the time since anything was applied where that is longer; a
     * system that stands still reports no lag. NaN before the first update.
     */
    public double seenMillis(Instant now) {
        Quantiles recent = recent(now);
        synchronized (this) {
            if (lastAppliedAtMillis == 0) {
                return Double.NaN;
            }
            return Math.max(recent.p99(), (double) (now.toEpochMilli() - lastAppliedAtMillis));
        }
    }

    private void turnWindow(long nowMillis) {
        if (nowMillis < windowEndsAtMillis) {
            return;
        }
        previous = nowMillis < windowEndsAtMillis + WINDOW_MILLIS ? current : new MillisHistogram();
        current = new MillisHistogram();
        windowEndsAtMillis = nowMillis + WINDOW_MILLIS;
    }
}

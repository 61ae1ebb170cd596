package io.millrace.server.metrics;

import io.millrace.sdk.Millrace;
import io.millrace.sdk.lag.LinkTimes;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Each link of the update-lag chain as a histogram. It is read from what the SDK has counted already, which Micrometer has
 * no meter for. Every server hears of every replica, so several servers show the same times: take the greatest, not the sum.
 */
final class LagHistograms implements Collector {

    private static final String NAME = "millrace_update_lag_seconds";
    private static final double MILLIS_A_SECOND = 1_000;

    private final Millrace millrace;

    LagHistograms(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public MetricSnapshot collect() {
        var histogram = HistogramSnapshot.builder()
                .name(NAME)
                .help("Time that each link of the update-lag chain took, since this process started");
        millrace.lagTimes().forEach(times -> histogram.dataPoint(dataPoint(times)));
        return histogram.build();
    }

    private static HistogramDataPointSnapshot dataPoint(LinkTimes times) {
        return HistogramDataPointSnapshot.builder()
                .labels(Labels.of(
                        "link", times.link(),
                        "policy", times.policy(),
                        "replica", times.replica(),
                        "role", times.role()))
                .classicHistogramBuckets(buckets(times))
                .sum(times.sumMillis() / MILLIS_A_SECOND)
                .build();
    }

    /** Prometheus' library wants each bucket's own count, and the last one without a bound. */
    private static ClassicHistogramBuckets buckets(LinkTimes times) {
        var bounds = new ArrayList<Double>();
        var counts = new ArrayList<Long>();
        long below = 0;
        List<Long> atMost = times.atMost();
        for (int i = 0; i < atMost.size(); i++) {
            bounds.add(LinkTimes.BUCKETS_MILLIS.get(i) / MILLIS_A_SECOND);
            counts.add(atMost.get(i) - below);
            below = atMost.get(i);
        }
        bounds.add(Double.POSITIVE_INFINITY);
        counts.add(times.count() - below);
        return ClassicHistogramBuckets.of(bounds, counts);
    }
}

package io.millrace.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.millrace.sdk.LagReport;
import io.millrace.sdk.LagReport.Quantiles;
import io.millrace.sdk.LagReport.ReplicaLag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Meters of the update-lag chain, by replica; replicas come and go. One thread at a time. */
final class LagMeters {

    private static final double MILLIS_A_SECOND = 1_000;

    private final MultiGauge lag;
    private final MultiGauge counts;
    private final MultiGauge versionsBehind;
    private final MultiGauge secondsBehind;
    private final MultiGauge checksumMatches;

    LagMeters(MeterRegistry registry) {
        this.lag = MultiGauge.builder("millrace.update.lag")
                .baseUnit("seconds")
                .description(
                        "Quantiles of each link of the update-lag chain since this process started; 1: the longest")
                .register(registry);
        this.counts = MultiGauge.builder("millrace.update.lag.observations")
                .description("Times that the quantiles of a link are of")
                .register(registry);
        this.versionsBehind = MultiGauge.builder("millrace.versions.behind")
                .description("Versions published and not applied; -1: of another epoch")
                .register(registry);
        this.secondsBehind = MultiGauge.builder("millrace.behind")
                .baseUnit("seconds")
                .description("Age of the oldest update published and not applied; 0: none")
                .register(registry);
        this.checksumMatches = MultiGauge.builder("millrace.checksum.matches")
                .description("1 while the parameters are the learner's bit for bit, 0 when not")
                .register(registry);
    }

    void update(LagReport report) {
        var quantiles = new ArrayList<Row<?>>();
        var observations = new ArrayList<Row<?>>();
        for (ReplicaLag replica : report.replicas()) {
            replica.linksMillis().forEach((link, times) -> {
                Tags tags = tags(replica).and("link", link);
                quantiles.add(quantile(tags, "0.5", times, Quantiles::p50));
                quantiles.add(quantile(tags, "0.9", times, Quantiles::p90));
                quantiles.add(quantile(tags, "0.99", times, Quantiles::p99));
                quantiles.add(quantile(tags, "1", times, Quantiles::max));
                observations.add(Row.of(tags, times.count()));
            });
        }
        lag.register(quantiles, true);
        counts.register(observations, true);
        versionsBehind.register(rows(report, ReplicaLag::versionsBehind), true);
        secondsBehind.register(rows(report, ReplicaLag::secondsBehind), true);
        checksumMatches.register(rows(report, replica -> replica.checksumMatches() ? 1 : 0), true);
    }

    private static Row<?> quantile(Tags tags, String quantile, Quantiles times, ToDoubleFunction<Quantiles> millis) {
        return Row.of(tags.and("quantile", quantile), millis.applyAsDouble(times) / MILLIS_A_SECOND);
    }

    private static List<Row<?>> rows(LagReport report, ToDoubleFunction<ReplicaLag> value) {
        var rows = new ArrayList<Row<?>>();
        report.replicas().forEach(replica -> rows.add(Row.of(tags(replica), value.applyAsDouble(replica))));
        return rows;
    }

    private static Tags tags(ReplicaLag replica) {
        return Tags.of(
                "policy",
                replica.policy(),
                "replica",
                replica.replica(),
                "role",
                replica.role().name().toLowerCase(Locale.ROOT));
    }
}

package io.millrace.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.millrace.sdk.LagReport;
import io.millrace.sdk.LagReport.ReplicaLag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What every replica has applied; replicas come and go. One thread at a time. */
final class LagMeters {

    private final MultiGauge versionsBehind;
    private final MultiGauge secondsBehind;
    private final MultiGauge checksumMatches;

    LagMeters(MeterRegistry registry) {
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
        versionsBehind.register(rows(report, ReplicaLag::versionsBehind), true);
        secondsBehind.register(rows(report, ReplicaLag::secondsBehind), true);
        checksumMatches.register(rows(report, replica -> replica.checksumMatches() ? 1 : 0), true);
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

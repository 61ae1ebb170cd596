package io.millrace.local.demo;

import io.millrace.local.audit.Ledger;
import io.millrace.local.audit.ReplicaAgreement;
import io.millrace.local.learning.LearnerCounters;
import io.millrace.local.system.LocalSystem;
import io.millrace.sdk.LagReport;
import io.millrace.sdk.Millrace;
import io.millrace.simulator.Statistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers the report from where its figures are. */
final class ReportWriter {

    private final DemoOptions options;
    private final Statistics users;
    private final UpdateWatch watch;
    private final LearnerCounters learner;
    private final Millrace millrace;

    ReportWriter(DemoOptions options, Statistics users, UpdateWatch watch, LocalSystem system, Millrace millrace) {
        this.options = options;
        this.users = users;
        this.watch = watch;
        this.learner = system.learner().counters();
        this.millrace = millrace;
    }

    DemoReport write(
            List<String> shortfalls,
            double seconds,
            double firstGenerationSeconds,
            double heldOutErrorAtStart,
            double heldOutError,
            Ledger ledger,
            List<ReplicaAgreement.Row> replicas,
            Map<String, Long> deadLetters) {
        UpdateLag.Quantiles lag = watch.lag().total();
        Staleness.Versions staleness = watch.staleness();
        return new DemoReport(
                shortfalls.isEmpty(),
                shortfalls,
                options.world(),
                options.seed(),
                seconds,
                users.generated(),
                watch.lineage().head().trajectoriesTotal(),
                learner.sum("trajectoriesDefaulted"),
                learner.sum("duplicatesDropped"),
                deadLetters,
                watch.updatesApplied(),
                users.rewardMeanFirst(),
                users.rewardMeanLast(),
                heldOutErrorAtStart,
                heldOutError,
                new DemoReport.Lag(lag.p50(), lag.p90(), lag.p99(), lag.max()),
                stages(),
                new DemoReport.StalenessVersions(staleness.mean(), staleness.max()),
                replicas.stream()
                        .map(row -> new DemoReport.Replica(row.id(), row.epoch(), row.version(), row.checksumMatches()))
                        .toList(),
                DemoReport.Audit.of(ledger),
                firstGenerationSeconds,
                Machine.residentPeakMegabytes(),
                Machine.here());
    }

    /** The links of the chain as the first replica sees them. */
    private Map<String, DemoReport.Lag> stages() {
        Map<String, DemoReport.Lag> stages = new TreeMap<>();
        for (LagReport.ReplicaLag replica : millrace.lag().replicas()) {
            replica.linksMillis()
                    .forEach((link, of) ->
                            stages.putIfAbsent(link, new DemoReport.Lag(of.p50(), of.p90(), of.p99(), of.max())));
        }
        return stages;
    }
}

package io.millrace.sdk;

import io.millrace.sdk.lag.LagRow;
import java.util.List;
import java.util.TreeMap;

/** The public form of what the lag book knows. */
final class LagReports {

    private LagReports() {}

    static LagReport of(List<LagRow> rows) {
        return new LagReport(rows.stream().map(LagReports::of).toList());
    }

    private static LagReport.ReplicaLag of(LagRow row) {
        var links = new TreeMap<String, LagReport.Quantiles>();
        row.links()
                .forEach((link, summary) -> links.put(
                        link,
                        new LagReport.Quantiles(
                                summary.count(), summary.p50(), summary.p90(), summary.p99(), summary.max())));
        LagReport.Role role = switch (row.role()) {
            case SERVING -> LagReport.Role.SERVING;
            case WORKER -> LagReport.Role.WORKER;
            case OTHER -> LagReport.Role.OTHER;
        };
        return new LagReport.ReplicaLag(
                row.replica(),
                row.policy(),
                role,
                row.applied().epoch(),
                row.applied().version(),
                row.versionsBehind(),
                row.secondsBehind(),
                row.checksumMatches(),
                row.reportedAt(),
                links);
    }
}

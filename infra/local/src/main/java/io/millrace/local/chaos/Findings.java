package io.millrace.local.chaos;

import io.millrace.local.audit.Ledger;
import io.millrace.local.audit.ReplicaAgreement;
import java.util.List;

/**
 * What the audit found when all was quiet again.
 *
 * @param settled whether every user had his say
 * @param replicas one of each that should serve
 * @param thetaFinite whether every number of θ is one
 */
record Findings(Ledger ledger, boolean settled, List<ReplicaAgreement.Row> replicas, boolean thetaFinite) {

    Findings {
        replicas = List.copyOf(replicas);
    }

    /** Whether so many replicas hold the same θ, proved by checksums of θ itself. */
    boolean converged(int serving) {
        return replicas.size() == serving
                && replicas.stream().allMatch(row -> row.checksumMatches() && row.thetaChecked())
                && replicas.stream()
                                .map(row -> row.epoch() + "." + row.version())
                                .distinct()
                                .count()
                        == 1;
    }
}

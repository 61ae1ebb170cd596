package io.millrace.local.demo;

import io.millrace.local.audit.Ledger;
import io.millrace.local.audit.ReplicaAgreement;
import java.util.ArrayList;
import java.util.List;

/** What a demo must show, and did not; empty when it did. */
final class Shortfalls {

    private Shortfalls() {}

    /**
     * @param settled whether every listener was heard
     * @param serving number of replicas that serve
     */
    static List<String> of(Ledger ledger, List<ReplicaAgreement.Row> replicas, int serving, boolean settled) {
        List<String> found = new ArrayList<>();
        if (ledger.learned() == 0) {
            found.add("learned: expected at least one trajectory, found none");
        }
        if (ledger.lost() > 0) {
            found.add("ledger.lost: expected 0, found " + ledger.lost()
                    + "; look for dead letters and for a learner that did not catch up");
        }
        if (ledger.duplicated() > 0) {
            found.add("ledger.duplicated: expected 0, found " + ledger.duplicated());
        }
        if (ledger.missingUpdates() > 0) {
            found.add("ledger.missingUpdates: expected 0, found " + ledger.missingUpdates()
                    + "; the audit did not see the whole lineage");
        }
        if (replicas.size() < serving) {
            found.add("replicas: expected " + serving + ", found " + replicas.size());
        }
        for (ReplicaAgreement.Row replica : replicas) {
            if (!replica.checksumMatches()) {
                found.add("replicas." + replica.id() + ".checksumMatches: expected true, found false");
            }
            if (!replica.thetaChecked()) {
                found.add("replicas." + replica.id() + ": expected a checksum of its parameters at version "
                        + replica.version() + ", found none in time; only the chain of updates was compared");
            }
        }
        if (replicas.stream()
                        .map(row -> row.epoch() + "." + row.version())
                        .distinct()
                        .count()
                > 1) {
            found.add("replicas: expected one version at the end, found " + replicas);
        }
        if (!settled) {
            found.add("listeners: expected all to be heard, found some whose feedback was not taken in time");
        }
        return found;
    }
}

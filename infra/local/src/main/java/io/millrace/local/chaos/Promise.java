package io.millrace.local.chaos;

import io.millrace.local.audit.Ledger;
import java.util.ArrayList;
import java.util.List;

/** What must hold whatever dies: every acknowledged trajectory counts once in θ, and all replicas hold the same θ. */
final class Promise {

    private Promise() {}

    /**
     * What was not kept; empty when all was.
     *
     * @param serving number of replicas
     * @param asked fewest kills
     * @param killed kills that there were
     * @param unrecovered strikes after which nothing was applied any more
     */
    static List<String> broken(Findings found, int serving, int asked, int killed, List<String> unrecovered) {
        List<String> broken = new ArrayList<>();
        Ledger ledger = found.ledger();
        require(broken, "acknowledged", "at least one trajectory", ledger.expected(), ledger.expected() > 0);
        require(broken, "lost", "0", ledger.lost(), ledger.lost() == 0);
        require(broken, "duplicated", "0", ledger.duplicated(), ledger.duplicated() == 0);
        require(broken, "missingUpdates", "0", ledger.missingUpdates(), ledger.missingUpdates() == 0);
        require(broken, "kills", "at least " + asked, killed, killed >= asked);
        require(broken, "recovery", "from every strike", "none from " + unrecovered, unrecovered.isEmpty());
        require(broken, "users", "all to have had their say", "some that had not", found.settled());
        require(
                broken,
                "replicas",
                serving + " with the same epoch, version and checksum",
                found.replicas(),
                found.converged(serving));
        require(broken, "thetaFinite", "true", false, found.thetaFinite());
        return broken;
    }

    private static void require(List<String> broken, String what, String expected, Object found, boolean holds) {
        if (!holds) {
            broken.add(what + ": expected " + expected + ", found " + found);
        }
    }
}

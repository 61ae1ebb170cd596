package io.millrace.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.audit.Ledger;
import io.millrace.local.audit.ReplicaAgreement.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit can fail, in each of its points. */
final class PromiseTest {

    private static final long[] SENT = {1, 2, 3};
    private static final Row ONE = new Row("replica-1", 4, 9, true, true);
    private static final Row OTHER = new Row("replica-2", 4, 9, true, true);

    @Test
    void holdsWhenEverythingIsAsItShouldBe() {
        assertThat(broken(Ledger.compare(SENT, SENT, 0), ONE, OTHER)).isEmpty();
    }

    @Test
    void allowsWhatWasLearnedThoughItsSenderDidNotHear() {
        assertThat(broken(Ledger.compare(SENT, new long[] {1, 2, 3, 4}, 0), ONE, OTHER))
                .isEmpty();
    }

    @Test
    void isBrokenByATrajectoryThatWasLost() {
        assertThat(broken(Ledger.compare(SENT, new long[] {1, 3}, 0), ONE, OTHER))
                .containsExactly("lost: expected 0, found 1");
    }

    @Test
    void isBrokenByATrajectoryThatCountsTwice() {
        assertThat(broken(Ledger.compare(SENT, new long[] {1, 2, 2, 3}, 0), ONE, OTHER))
                .containsExactly("duplicated: expected 0, found 1");
    }

    @Test
    void isBrokenByALineageThatWasNotSeenWhole() {
        assertThat(broken(Ledger.compare(SENT, SENT, 2), ONE, OTHER))
                .containsExactly("missingUpdates: expected 0, found 2");
    }

    @Test
    void isBrokenWhenNothingWasAcknowledged() {
        assertThat(broken(Ledger.compare(new long[0], new long[0], 0), ONE, OTHER))
                .singleElement()
                .asString()
                .startsWith("acknowledged: expected at least one trajectory");
    }

    @Test
    void isBrokenByReplicasThatDiffer() {
        Ledger ledger = Ledger.compare(SENT, SENT, 0);

        for (Row differing : List.of(
                new Row("replica-2", 4, 8, true, true),
                new Row("replica-2", 3, 9, true, true),
                new Row("replica-2", 4, 9, false, true),
                new Row("replica-2", 4, 9, true, false))) {
            assertThat(broken(ledger, ONE, differing))
                    .singleElement()
                    .asString()
                    .startsWith("replicas: expected 2 with the same");
        }
        assertThat(broken(ledger, ONE)).hasSize(1);
    }

    @Test
    void isBrokenByFewerKillsThanWereAskedFor() {
        Findings good = new Findings(Ledger.compare(SENT, SENT, 0), true, List.of(ONE, OTHER), true);

        assertThat(Promise.broken(good, 2, 6, 5, List.of())).containsExactly("kills: expected at least 6, found 5");
        assertThat(Promise.broken(good, 2, 6, 6, List.of())).isEmpty();
    }

    @Test
    void isBrokenByAStrikeThatWasNotGotOver() {
        Findings good = new Findings(Ledger.compare(SENT, SENT, 0), true, List.of(ONE, OTHER), true);

        assertThat(Promise.broken(good, 2, 0, 0, List.of("broker killed")))
                .containsExactly("recovery: expected from every strike, found none from [broker killed]");
    }

    @Test
    void isBrokenByUsersWhoWereNotHeardAndByNumbersThatAreNone() {
        Ledger ledger = Ledger.compare(SENT, SENT, 0);

        assertThat(Promise.broken(new Findings(ledger, false, List.of(ONE, OTHER), true), 2, 0, 0, List.of()))
                .containsExactly("users: expected all to have had their say, found some that had not");
        assertThat(Promise.broken(new Findings(ledger, true, List.of(ONE, OTHER), false), 2, 0, 0, List.of()))
                .containsExactly("thetaFinite: expected true, found false");
    }

    private static List<String> broken(Ledger ledger, Row... replicas) {
        return Promise.broken(new Findings(ledger, true, List.of(replicas), true), 2, 0, 0, List.of());
    }
}

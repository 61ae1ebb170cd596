package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.audit.Ledger;
import io.millrace.local.audit.ReplicaAgreement;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShortfallsTest {

    private static final Ledger GOOD = new Ledger(10, 10, 0, 0, 0, 0);
    private static final List<ReplicaAgreement.Row> REPLICAS = List.of(row("a", 7, true), row("b", 7, true));

    @Test
    void findsNoneInAGoodRun() {
        assertThat(Shortfalls.of(GOOD, REPLICAS, 2, true)).isEmpty();
    }

    @Test
    void saysWhichCountOfTheLedgerIsOff() {
        assertThat(Shortfalls.of(new Ledger(10, 10, 2, 3, 0, 1), REPLICAS, 2, true))
                .satisfiesExactly(
                        lost -> assertThat(lost).startsWith("ledger.lost: expected 0, found 2"),
                        twice -> assertThat(twice).startsWith("ledger.duplicated: expected 0, found 3"),
                        unseen -> assertThat(unseen).startsWith("ledger.missingUpdates: expected 0, found 1"));
    }

    @Test
    void isNotContentWithNothingLearned() {
        assertThat(Shortfalls.of(new Ledger(0, 0, 0, 0, 0, 0), REPLICAS, 2, true))
                .containsExactly("learned: expected at least one trajectory, found none");
    }

    @Test
    void namesTheReplicaThatDoesNotMatch() {
        List<ReplicaAgreement.Row> rows = List.of(row("a", 7, true), row("b", 7, false));

        assertThat(Shortfalls.of(GOOD, rows, 2, true))
                .singleElement()
                .asString()
                .contains("replicas.b");
    }

    @Test
    void isNotContentWithAChainWhereParametersWereNotCompared() {
        List<ReplicaAgreement.Row> rows = List.of(row("a", 7, true), new ReplicaAgreement.Row("b", 1, 7, true, false));

        assertThat(Shortfalls.of(GOOD, rows, 2, true))
                .singleElement()
                .asString()
                .startsWith("replicas.b: expected a checksum of its parameters");
    }

    @Test
    void seesReplicasThatAreMissingOrBehind() {
        assertThat(Shortfalls.of(GOOD, List.of(row("a", 7, true)), 2, true)).hasSize(1);
        assertThat(Shortfalls.of(GOOD, List.of(row("a", 7, true), row("b", 6, true)), 2, true))
                .hasSize(1);
    }

    @Test
    void seesListenersThatWereNotHeard() {
        assertThat(Shortfalls.of(GOOD, REPLICAS, 2, false))
                .singleElement()
                .asString()
                .startsWith("listeners");
    }

    private static ReplicaAgreement.Row row(String id, long version, boolean matches) {
        return new ReplicaAgreement.Row(id, 1, version, matches, true);
    }
}

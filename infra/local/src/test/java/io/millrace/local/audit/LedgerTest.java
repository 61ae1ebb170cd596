package io.millrace.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LedgerTest {

    @Test
    void isExactlyOnceWhenBothSidesAgreeInAnyOrder() {
        Ledger ledger = Ledger.compare(new long[] {3, -1, 2}, new long[] {2, 3, -1}, 0);

        assertThat(ledger).isEqualTo(new Ledger(3, 3, 0, 0, 0, 0));
        assertThat(ledger.exactlyOnce()).isTrue();
    }

    @Test
    void countsWhatIsNotInTheLineageAsLost() {
        Ledger ledger = Ledger.compare(new long[] {1, 2, 3}, new long[] {2}, 0);

        assertThat(ledger).isEqualTo(new Ledger(3, 1, 2, 0, 0, 0));
        assertThat(ledger.exactlyOnce()).isFalse();
    }

    @Test
    void countsEveryRepetitionInTheLineageAsDuplicated() {
        Ledger ledger = Ledger.compare(new long[] {1, 2}, new long[] {1, 1, 1, 2}, 0);

        assertThat(ledger).isEqualTo(new Ledger(2, 4, 0, 2, 0, 0));
        assertThat(ledger.exactlyOnce()).isFalse();
    }

    @Test
    void countsWhatNobodyExpectedApart() {
        Ledger ledger = Ledger.compare(new long[] {1}, new long[] {1, 9}, 0);

        assertThat(ledger).isEqualTo(new Ledger(1, 2, 0, 0, 1, 0));
        assertThat(ledger.exactlyOnce()).isTrue();
    }

    @Test
    void provesNothingWhenUpdatesWereMissed() {
        assertThat(Ledger.compare(new long[] {1}, new long[] {1}, 1).exactlyOnce())
                .isFalse();
    }

    @Test
    void acceptsThatNothingHappened() {
        assertThat(Ledger.compare(new long[0], new long[0], 0)).isEqualTo(new Ledger(0, 0, 0, 0, 0, 0));
    }
}

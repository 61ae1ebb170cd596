package io.millrace.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StrikesTest {

    private static final List<Victim> ALL = List.of(Victim.values());
    private static final int ROUND = ALL.size() + 1;

    @Test
    void areTheSameForASeed() {
        assertThat(first(7, 50)).isEqualTo(first(7, 50)).isNotEqualTo(first(8, 50));
    }

    @Test
    void killEveryVictimOnceARoundAndPauseOne() {
        List<Strike> strikes = first(7, 10 * ROUND);

        for (int round = 0; round < 10; round++) {
            List<Strike> now = strikes.subList(round * ROUND, (round + 1) * ROUND);
            assertThat(now.stream()
                            .filter(strike -> strike.kind() == Strike.Kind.KILL)
                            .map(Strike::victim))
                    .containsExactlyInAnyOrderElementsOf(ALL);
            assertThat(now)
                    .filteredOn(strike -> strike.kind() == Strike.Kind.PAUSE)
                    .hasSize(1);
        }
    }

    @Test
    void leaveTheSystemSomeTimeInBetween() {
        assertThat(first(7, 100))
                .allSatisfy(
                        strike -> assertThat(strike.quiet()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4)));
    }

    @Test
    void spareWhatIsNotAskedFor() {
        Strikes strikes = new Strikes(7, List.of(Victim.REPLICA));

        assertThat(Stream.generate(strikes::next).limit(20)).allMatch(strike -> strike.victim() == Victim.REPLICA);
    }

    private static List<Strike> first(long seed, int count) {
        Strikes strikes = new Strikes(seed, ALL);
        return Stream.generate(strikes::next).limit(count).toList();
    }
}

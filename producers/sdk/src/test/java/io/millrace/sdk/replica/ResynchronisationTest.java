package io.millrace.sdk.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ResynchronisationTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final Resynchronisation resynchronisation = new Resynchronisation();

    @Test
    void isDueAtOnceAndThenWaitsTwiceAsLongEveryTime() {
        assertThat(resynchronisation.require("home", START)).isTrue();
        assertThat(resynchronisation.require("home", START)).isFalse();
        assertThat(resynchronisation.due(START)).containsExactly("home");

        Instant now = START;
        for (long pause : new long[] {50, 100, 200, 400}) {
            resynchronisation.attempted("home", now, true);
            assertThat(resynchronisation.due(now.plusMillis(pause - 1))).isEmpty();
            now = now.plusMillis(pause);
            assertThat(resynchronisation.due(now)).containsExactly("home");
        }
        assertThat(resynchronisation.attempts("home")).isEqualTo(4);
    }

    @Test
    void doesNotHurryWhenTheSameNeedComesBackAfterAnUpdateWasApplied() {
        resynchronisation.require("home", START);
        resynchronisation.attempted("home", START, false);
        resynchronisation.settled("home");
        assertThat(resynchronisation.due(START.plusSeconds(60))).isEmpty();

        resynchronisation.require("home", START.plusMillis(1));
        assertThat(resynchronisation.due(START.plusMillis(49))).isEmpty();
        assertThat(resynchronisation.due(START.plusMillis(50))).containsExactly("home");
    }

    @Test
    void startsAfreshAfterAWhileWithoutNeed() {
        resynchronisation.require("home", START);
        resynchronisation.attempted("home", START, false);
        Instant later = START.plus(Duration.ofMinutes(1));

        resynchronisation.require("home", later);

        assertThat(resynchronisation.attempts("home")).isZero();
        assertThat(resynchronisation.due(later)).containsExactly("home");
    }

    @Test
    void forgetsAPolicyThatIsGone() {
        resynchronisation.require("home", START);
        resynchronisation.forget("home");

        assertThat(resynchronisation.due(START)).isEmpty();
    }
}

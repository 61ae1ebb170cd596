package io.millrace.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.sdk.fixture.MemoryKafka;
import io.millrace.sdk.fixture.Served;
import io.millrace.sdk.fixture.TestClock;
import io.millrace.sdk.fixture.TestLearner;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a replica beside others is asked by people: what it waits for, and what it does not. */
class ReadinessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final TestClock clock = new TestClock();
    private final MemoryKafka kafka = new MemoryKafka(clock);

    /** Learned, and in the snapshots. */
    private final TestLearner home =
            TestLearner.ofChoice(kafka, clock, "home").applySpecification().storeSnapshot();

    /** Applied, and refused by the learner: nothing of it is ever published. */
    private final TestLearner refused =
            TestLearner.ofChoice(kafka, clock, "refused").applySpecification();

    @Test
    void waitsAMinuteForTheFirstParametersOfAPolicyAndNoLonger() throws InterruptedException {
        try (Millrace millrace = Served.open(kafka, clock)) {
            await().atMost(PATIENCE).until(() -> millrace.policies().size() == 2);
            clock.advance(Duration.ofSeconds(60));
            assertThat(millrace.awaitReady(A_WHILE)).isFalse();

            clock.advance(Duration.ofSeconds(1));

            assertThat(millrace.awaitReady(PATIENCE)).isTrue();
            assertThat(millrace.generate(Served.choice("home").build()).join().policy())
                    .isEqualTo("home");
            assertThat(Served.status(millrace, "refused").ready()).isFalse();
            assertThatThrownBy(() -> millrace.generate(Served.choice("refused").build()))
                    .isInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void isReadyAtOnceWhereTheMinuteIsLongOver() throws InterruptedException {
        clock.advance(Duration.ofDays(2));

        try (Millrace millrace = Served.open(kafka, clock)) {
            assertThat(millrace.awaitReady(PATIENCE)).isTrue();
        }
    }

    @Test
    void servesItOnceItIsLearnedAllTheSame() throws InterruptedException {
        clock.advance(Duration.ofDays(2));

        try (Millrace millrace = Served.open(kafka, clock)) {
            assertThat(millrace.awaitReady(PATIENCE)).isTrue();
            refused.publishSnapshot();
            await().atMost(PATIENCE)
                    .until(() -> Served.status(millrace, "refused").ready());
        }
    }

    @Test
    void waitsForAPolicyThatIsNamedHoweverLong() throws InterruptedException {
        clock.advance(Duration.ofDays(2));

        try (Millrace millrace = Served.open(kafka, clock, "home", "refused")) {
            await().atMost(PATIENCE).until(() -> millrace.policies().size() == 2);
            assertThat(millrace.awaitReady(A_WHILE)).isFalse();
            refused.publishSnapshot();
            assertThat(millrace.awaitReady(PATIENCE)).isTrue();
        }
    }

    @Test
    void isNotReadyWithoutAnyPolicyToServe() throws InterruptedException {
        var empty = new MemoryKafka(clock);
        TestLearner.ofChoice(empty, clock, "refused").applySpecification();
        clock.advance(Duration.ofDays(2));

        try (Millrace millrace = Served.open(empty, clock)) {
            assertThat(millrace.awaitReady(A_WHILE)).isFalse();
        }
    }

    @Test
    void isNotReadyBeforeWhatIsInTheSnapshotsIsServed() throws InterruptedException {
        refused.storeSnapshot();
        clock.advance(Duration.ofDays(2));

        try (Millrace millrace = Served.open(kafka, clock)) {
            assertThat(millrace.awaitReady(PATIENCE)).isTrue();
            assertThat(millrace.policies()).hasSize(2).allMatch(PolicyStatus::ready);
        }
        assertThat(home.theta()).isNotEmpty();
    }
}

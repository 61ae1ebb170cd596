package io.millrace.simulator.listening;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sdk.InvalidRequestException;
import io.millrace.simulator.FakeService;
import io.millrace.simulator.service.Answer;
import io.millrace.simulator.service.Reaction;
import io.millrace.simulator.service.Service;
import io.millrace.simulator.world.Encounter;
import io.millrace.simulator.world.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FeedbackScheduleTest {

    private static final Answer ANSWER = new Answer("t-1", "t-1", List.of("B"));

    private final FakeService service = new FakeService("B");
    private final Ledger ledger = new Ledger(id -> id.hashCode());
    private long now = 5;
    private final FeedbackSchedule schedule =
            new FeedbackSchedule(() -> now, () -> Instant.EPOCH.plusNanos(now), Optional.of(ledger), new RewardCurve());

    @Test
    void sendsTheScoreWhenTheDelayIsOverAndNotBefore() {
        hear(1, Duration.ofSeconds(20), Duration.ZERO);
        pass(Duration.ofSeconds(19));
        assertThat(service.told()).isEmpty();

        pass(Duration.ofSeconds(1).plusMillis(1));
        assertThat(service.told()).singleElement().satisfies(told -> {
            assertThat(told.answer()).isEqualTo(ANSWER);
            assertThat(told.reaction().value()).isEqualTo(0.25);
        });
        assertThat(ledger.snapshot()).containsExactly("t-1".hashCode());
    }

    @Test
    void sendsAtOnceWhatHasNoDelay() {
        hear(1, Duration.ZERO, Duration.ZERO);
        schedule.advance();

        assertThat(service.told()).hasSize(1);
    }

    @Test
    void saysNothingForOneWhoNeverAnswers() {
        hear(0, Duration.ZERO, Duration.ZERO);
        pass(Duration.ofHours(1));

        assertThat(service.told()).isEmpty();
        assertThat(schedule.counts()).isEqualTo(new FeedbackCounts(0, 1, 0, 0, 0, 0));
        assertThat(ledger.snapshot()).isEmpty();
    }

    @Test
    void sendsTheSameRewardTwiceAndExpectsItOnce() {
        hear(2, Duration.ofSeconds(1), Duration.ofSeconds(3));
        pass(Duration.ofSeconds(2));
        assertThat(schedule.counts()).isEqualTo(new FeedbackCounts(1, 0, 0, 0, 0, 1));

        pass(Duration.ofSeconds(3));
        assertThat(schedule.counts()).isEqualTo(new FeedbackCounts(1, 0, 1, 0, 0, 0));
        assertThat(service.told()).hasSize(2);
        assertThat(service.told().get(1)).isEqualTo(service.told().get(0));
        assertThat(ledger.snapshot()).hasSize(1);
    }

    @Test
    void triesAgainWithTheSameRewardUntilItIsTaken() {
        service.failNext(12);
        hear(1, Duration.ZERO, Duration.ZERO);
        schedule.advance();
        Instant observed = Instant.EPOCH.plusNanos(now);
        assertThat(schedule.counts().outstanding()).isEqualTo(1);
        assertThat(ledger.snapshot()).isEmpty();

        pass(Duration.ofMinutes(1));
        assertThat(schedule.counts()).isEqualTo(new FeedbackCounts(1, 0, 0, 12, 0, 0));
        assertThat(service.told())
                .singleElement()
                .satisfies(told -> assertThat(told.reaction().observedAt()).isEqualTo(observed));
        assertThat(ledger.snapshot()).hasSize(1);
    }

    @Test
    void givesUpWhatWillNeverBeTaken() {
        Service refusing = new Service() {
            @Override
            public CompletableFuture<Answer> generate(Situation situation) {
                return CompletableFuture.completedFuture(ANSWER);
            }

            @Override
            public CompletableFuture<Void> feedback(Answer answer, Reaction reaction) {
                return CompletableFuture.completedFuture(answer).thenAccept(any -> {
                    throw new InvalidRequestException("feedbackToken: expired");
                });
            }
        };
        schedule.heard(refusing, new Quarter(), ANSWER, new Fate(1, 0, 0));
        pass(Duration.ofMinutes(1));

        assertThat(schedule.counts()).isEqualTo(new FeedbackCounts(0, 0, 0, 0, 1, 0));
        assertThat(ledger.snapshot()).isEmpty();
    }

    @Test
    void keepsALedgerOfAnySize() {
        for (int i = 0; i < 10_000; i++) {
            ledger.expect("t-" + i);
        }

        assertThat(ledger.snapshot()).hasSize(10_000).doesNotHaveDuplicates().endsWith("t-9999".hashCode());
    }

    private void hear(int answers, Duration delay, Duration repeat) {
        schedule.heard(service, new Quarter(), ANSWER, new Fate(answers, delay.toNanos(), repeat.toNanos()));
    }

    /** Lets time pass in steps of 10 ms. */
    private void pass(Duration time) {
        for (long left = time.toMillis() / 10 + 1; left > 0; left--) {
            schedule.advance();
            now += Duration.ofMillis(10).toNanos();
        }
        now -= Duration.ofMillis(10).toNanos();
    }

    private static final class Quarter implements Encounter {
        @Override
        public Situation situation() {
            return new Situation.Sequence(List.of("b"), Optional.empty());
        }

        @Override
        public double score(List<String> output) {
            return 0.25;
        }
    }
}

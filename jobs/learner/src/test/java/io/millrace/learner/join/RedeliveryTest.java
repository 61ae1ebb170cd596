package io.millrace.learner.join;

import static io.millrace.learner.join.JoinFixture.START_MS;
import static io.millrace.learner.join.JoinFixture.WINDOW_MS;
import static io.millrace.learner.join.JoinFixture.again;
import static io.millrace.learner.join.JoinFixture.generation;
import static io.millrace.learner.join.JoinFixture.replayed;
import static io.millrace.learner.join.JoinFixture.reward;
import static io.millrace.learner.join.JoinFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import org.junit.jupiter.api.Test;

/** What comes again when the join has forgotten that it came before. */
class RedeliveryTest {

    private static final String DEFAULTED = "\"default-reward\": 0.25";
    private static final RawRecord STEP = generation("t", 0, true, START_MS);
    private static final RawRecord REWARD = reward("t", "r1", 1, START_MS);
    private static final long LATER_MS = START_MS + 2 * WINDOW_MS;

    @Test
    void refusesAnOutputThatComesAgainAfterItsDefaultRewardWasLearned() {
        JoinFixture join = with(DEFAULTED).take(STEP);
        forget(join.close());
        assertThat(join.joined).hasSize(1);

        join.take(again(STEP, LATER_MS), LATER_MS);

        assertThat(join.joined).hasSize(1);
        assertThat(join.reasons()).containsExactly(DeadLetterReason.LATE);
        assertThat(join.refused.get(0).detail()).contains("generation: expected within PT1M", "join.reward-window");
        assertThat(join.trajectory.isBlank()).isTrue();
    }

    @Test
    void refusesAnOutputAndItsRewardThatComeAgainAfterTheyWereLearned() {
        JoinFixture join = with("").take(STEP).take(REWARD);
        forget(join.close());

        join.take(again(REWARD, LATER_MS), LATER_MS).take(again(STEP, LATER_MS), LATER_MS);

        assertThat(join.joined).hasSize(1);
        assertThat(join.reasons()).containsExactly(DeadLetterReason.LATE, DeadLetterReason.LATE);
        assertThat(join.trajectory.isBlank()).isTrue();
    }

    @Test
    void takesAnOutputForNewUntilTheMomentItsWindowCloses() {
        JoinFixture join = with("").take(STEP, START_MS + WINDOW_MS - 1);
        assertThat(join.refused).isEmpty();
        assertThat(join.trajectory.hasSteps()).isTrue();

        assertThat(with("").take(STEP, START_MS + WINDOW_MS).reasons()).containsExactly(DeadLetterReason.LATE);
    }

    @Test
    void opensAnotherWindowForWhatIsReplayedFromTheDeadLetters() {
        JoinFixture join = with(DEFAULTED).take(replayed(STEP, LATER_MS), LATER_MS);
        assertThat(join.trajectory.deadlineMs).isEqualTo(LATER_MS + WINDOW_MS);

        join.take(replayed(REWARD, LATER_MS + 1), LATER_MS);

        assertThat(join.joined)
                .singleElement()
                .satisfies(joined -> assertThat(joined.reward()).isEqualTo(1));
        assertThat(join.refused).isEmpty();
    }

    private static void forget(JoinFixture join) {
        join.trajectory.forget();
    }
}

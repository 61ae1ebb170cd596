package io.millrace.learner.join;

import static io.millrace.learner.join.JoinFixture.START_MS;
import static io.millrace.learner.join.JoinFixture.WINDOW_MS;
import static io.millrace.learner.join.JoinFixture.again;
import static io.millrace.learner.join.JoinFixture.generation;
import static io.millrace.learner.join.JoinFixture.reward;
import static io.millrace.learner.join.JoinFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes for a trajectory that has been emitted, or forgotten. */
class AfterCompletionTest {

    private static final RawRecord FIRST = generation("t", 0, false, START_MS);
    private static final RawRecord SECOND = generation("t", 1, true, START_MS + 1);

    @Test
    void dropsTheSameStepsAndCountsThem() {
        JoinFixture join = complete().take(again(SECOND, START_MS + 5)).take(again(FIRST, START_MS + 6));

        assertThat(join.duplicates).isEqualTo(2);
        assertThat(join.refused).isEmpty();
    }

    @Test
    void refusesAKnownStepWithOtherContentAsAConflict() {
        JoinFixture join = complete().take(generation("t", 1, true, START_MS, g -> g.setActions(List.of(2, 2))));

        assertThat(join.reasons()).containsExactly(DeadLetterReason.DUPLICATE_CONFLICT);
        assertThat(join.duplicates).isZero();
    }

    @Test
    void refusesAStepThatItHasNeverSeenAsLate() {
        JoinFixture join = complete().take(generation("t", 2, true, START_MS + 2));

        assertThat(join.reasons()).containsExactly(DeadLetterReason.LATE);
        assertThat(join.refused.get(0).detail()).contains("step 2", "complete with 2 step(s)");
        assertThat(join.duplicates).isZero();
        assertThat(join.joined).hasSize(1);
    }

    @Test
    void forgetsTheStepsWithTheRest() {
        JoinFixture join = complete();

        join.trajectory.forget();

        assertThat(join.trajectory.closedSteps).isEmpty();
        assertThat(join.trajectory.closedContents).isEmpty();
        assertThat(join.trajectory.isBlank()).isTrue();
    }

    @Test
    void saysOfARewardForAForgottenOutputThatItsWindowMayBeOver() {
        JoinFixture join =
                with("\"default-reward\": \"skip\"").take(FIRST).take(SECOND).close();
        join.trajectory.forget();
        long lateMs = START_MS + 2 * WINDOW_MS;

        join.take(reward("t", "r1", 1, lateMs), lateMs).close();

        assertThat(join.skipped).isEqualTo(1);
        assertThat(join.reasons()).containsExactly(DeadLetterReason.UNMATCHED);
        assertThat(join.refused.get(0).detail())
                .contains("within PT20S (join.early-reward), found none", "came after its window of PT1M")
                .contains("2001-09-09T01:48:40Z", "raise join.reward-window");
    }

    @Test
    void tellsEarlyRewardsOfTheSameIdApartByTheirPolicy() {
        JoinFixture join = with("");
        join.policies.accept(JoinFixture.otherSpec());

        join.take(reward("t", "r1", 0.7, START_MS, reward -> reward.setPolicy("other")))
                .take(reward("t", "r1", 0.6, START_MS))
                .take(reward("t", "r1", 0.6, START_MS));
        assertThat(join.duplicates).isEqualTo(1);
        join.take(FIRST).take(SECOND);

        assertThat(join.reasons()).containsExactly(DeadLetterReason.INVALID);
        assertThat(join.joined)
                .singleElement()
                .satisfies(joined -> assertThat(joined.reward()).isEqualTo(0.6));
    }

    private static JoinFixture complete() {
        JoinFixture join = with("").take(FIRST).take(SECOND).take(reward("t", "r1", 1, START_MS + 2));
        assertThat(join.joined).hasSize(1);
        return join;
    }
}

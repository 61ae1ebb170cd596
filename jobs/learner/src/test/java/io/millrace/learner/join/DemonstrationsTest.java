package io.millrace.learner.join;

import static io.millrace.learner.join.JoinFixture.START_MS;
import static io.millrace.learner.join.JoinFixture.reward;
import static io.millrace.learner.join.JoinFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.ingest.RawRecord;
import io.millrace.policy.Trajectory.Origin;
import io.millrace.schemas.DeadLetterReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemonstrationsTest {

    @Test
    void completeWithoutAReward() {
        JoinFixture join =
                with("\"completion\": \"window\", \"default-reward\": \"skip\"").take(demonstration(0, true, 1));

        assertThat(join.joined).singleElement().satisfies(joined -> {
            assertThat(joined.origin()).isEqualTo(Origin.DEMONSTRATED);
            assertThat(joined.rewards()).containsExactly(1);
            assertThat(joined.defaulted()).isFalse();
            assertThat(joined.appendedAtMs()).isZero();
        });
        assertThat(join.skipped).isZero();
    }

    @Test
    void carryTheirWeight() {
        JoinFixture join = with("").take(demonstration(0, false, 1)).take(demonstration(1, true, 0.25f));

        assertThat(join.joined)
                .singleElement()
                .satisfies(joined -> assertThat(joined.rewards()).containsExactly(0, 0.25));
    }

    @Test
    void completeWhateverTheOrderOfTheirSteps() {
        JoinFixture join = with("").take(demonstration(1, true, 1));
        assertThat(join.joined).isEmpty();

        assertThat(join.take(demonstration(0, false, 1)).joined).hasSize(1);
    }

    @Test
    void needNoLogProbsOfABehaviourPolicy() {
        RawRecord bare = JoinFixture.generation(
                "t", 0, true, START_MS, g -> g.setDemonstrated(true).setLogProbs(List.of()));

        assertThat(with("").take(bare).joined).hasSize(1);
    }

    @Test
    void takeNoRewards() {
        JoinFixture early = with("").take(reward("t", "r", 1, START_MS)).take(demonstration(0, true, 1));
        assertThat(early.reasons()).containsExactly(DeadLetterReason.INVALID);
        assertThat(early.refused.get(0).detail()).contains("expected none of a demonstration");
        assertThat(early.joined).hasSize(1);

        JoinFixture late = with("").take(demonstration(0, true, 1)).take(reward("t", "r", 1, START_MS));
        assertThat(late.reasons()).containsExactly(DeadLetterReason.LATE);
    }

    @Test
    void countOnce() {
        JoinFixture join = with("").take(demonstration(0, true, 1)).take(demonstration(0, true, 1));

        assertThat(join.joined).hasSize(1);
        assertThat(join.duplicates).isEqualTo(1);
    }

    @Test
    void mustBePossible() {
        RawRecord impossible = JoinFixture.generation(
                "t", 0, true, START_MS, g -> g.setDemonstrated(true).setActions(List.of(1, 3)));

        assertThat(with("").take(impossible).reasons()).containsExactly(DeadLetterReason.UNKNOWN_ACTION);
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.5f, Float.NaN, Float.POSITIVE_INFINITY})
    void ofAnImpossibleWeightAreRefused(float weight) {
        assertThat(with("").take(demonstration(0, true, weight)).reasons()).containsExactly(DeadLetterReason.INVALID);
    }

    private static RawRecord demonstration(int step, boolean last, float weight) {
        return JoinFixture.generation(
                "t", step, last, START_MS, g -> g.setDemonstrated(true).setWeight(weight));
    }
}

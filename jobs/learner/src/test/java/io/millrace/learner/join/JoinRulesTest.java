package io.millrace.learner.join;

import static io.millrace.learner.join.JoinFixture.START_MS;
import static io.millrace.learner.join.JoinFixture.WINDOW_MS;
import static io.millrace.learner.join.JoinFixture.generation;
import static io.millrace.learner.join.JoinFixture.reward;
import static io.millrace.learner.join.JoinFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinRulesTest {

    private static final RawRecord STEP = generation("t", 0, true, START_MS);

    @Test
    void emitsAtTheFirstReward() {
        JoinFixture join = with("").take(STEP);
        assertThat(join.joined).isEmpty();
        join.take(reward("t", "r1", 0.7, START_MS + 2_000));
        assertThat(join.joined).singleElement().satisfies(joined -> {
            assertThat(joined.reward()).isEqualTo(0.7);
            assertThat(joined.trajectoryId()).isEqualTo("t");
            assertThat(joined.steps()).isDeepEqualTo(new byte[][] {STEP.value()});
            assertThat(joined.appendedAtMs()).isEqualTo(START_MS + 2_000);
            assertThat(joined.defaulted()).isFalse();
        });
    }

    @Test
    void emitsWhenTheGenerationComesAfterItsReward() {
        JoinFixture join = with("").take(reward("t", "r1", 0.7, START_MS)).take(STEP);
        assertThat(join.joined).hasSize(1);
    }

    @Test
    void dropsAndCountsASecondRewardOfTheSameIdBeforeAndAfterCompletion() {
        JoinFixture join = with("\"completion\": \"window\"")
                .take(STEP)
                .take(reward("t", "r1", 0.7, START_MS))
                .take(reward("t", "r1", 0.7, START_MS + 1))
                .close()
                .take(reward("t", "r1", 0.7, START_MS + 2));
        assertThat(join.duplicates).isEqualTo(2);
        assertThat(join.joined)
                .singleElement()
                .satisfies(joined -> assertThat(joined.reward()).isEqualTo(0.7));
        assertThat(join.refused).isEmpty();
    }

    @Test
    void refusesARewardThatNamesAnotherPolicyAndStillLearnsFromTheRightOne() {
        JoinFixture join = with("");
        join.policies.accept(JoinFixture.otherSpec());

        join.take(STEP)
                .take(reward("t", "r1", 0.7, START_MS, reward -> reward.setPolicy("other")))
                .take(reward("t", "r1", 0.6, START_MS));

        assertThat(join.reasons()).containsExactly(DeadLetterReason.INVALID);
        assertThat(join.refused.get(0).detail()).contains("expected 'spell', which generated", "found 'other'");
        assertThat(join.joined)
                .singleElement()
                .satisfies(joined -> assertThat(joined.reward()).isEqualTo(0.6));
    }

    @Test
    void refusesAnEarlyRewardThatNamesAnotherPolicyOnceTheGenerationIsThere() {
        JoinFixture join = with("");
        join.policies.accept(JoinFixture.otherSpec());

        join.take(reward("t", "r1", 0.7, START_MS, reward -> reward.setPolicy("other")))
                .take(STEP);
        assertThat(join.reasons()).containsExactly(DeadLetterReason.INVALID);
        assertThat(join.joined).isEmpty();

        join.take(reward("t", "r1", 0.6, START_MS));
        assertThat(join.joined).hasSize(1);
    }

    @Test
    void refusesAStepOfAnotherPolicy() {
        JoinFixture join = with("");
        join.policies.accept(JoinFixture.otherSpec());

        join.take(generation("t", 0, false, START_MS))
                .take(generation("t", 1, true, START_MS, step -> step.setPolicy("other")));

        assertThat(join.reasons()).containsExactly(DeadLetterReason.INVALID);
    }

    @Test
    void keepsValidatingByTheModelThatGeneratesWhenARevisionHasAnother() {
        JoinFixture join = with("");
        join.policies.accept(JoinFixture.withSmallerModel());

        join.take(STEP).take(reward("t", "r1", 0.7, START_MS));

        assertThat(join.joined).hasSize(1);
        assertThat(join.refused).isEmpty();
    }

    @Test
    void dropsAndCountsAStepThatComesTwice() {
        JoinFixture join = with("").take(STEP)
                .take(STEP)
                .take(reward("t", "r1", 1, START_MS))
                .take(STEP);
        assertThat(join.duplicates).isEqualTo(2);
        assertThat(join.joined).hasSize(1);
    }

    @Test
    void refusesASecondStepWithOtherContentAndKeepsTheFirst() {
        JoinFixture join = with("").take(STEP)
                .take(generation("t", 0, true, START_MS, g -> g.setActions(List.of(2, 2))))
                .take(reward("t", "r1", 1, START_MS));
        assertThat(join.reasons()).containsExactly(DeadLetterReason.DUPLICATE_CONFLICT);
        assertThat(join.joined.get(0).steps()).isDeepEqualTo(new byte[][] {STEP.value()});
    }

    @Test
    void knowsALateRewardFromAnUnmatchedOne() {
        JoinFixture join = with("").take(STEP).take(reward("t", "r1", 1, START_MS));
        join.take(reward("t", "r2", 1, START_MS + 1));
        assertThat(join.reasons()).containsExactly(DeadLetterReason.LATE);

        JoinFixture alone = with("").take(reward("t", "r1", 1, START_MS)).close();
        assertThat(alone.reasons()).containsExactly(DeadLetterReason.UNMATCHED);
    }

    @Test
    void refusesARewardObservedTwoHoursAfterItsGeneration() {
        JoinFixture join = with("").take(STEP).take(reward("t", "r1", 1, START_MS + 7_200_000));
        assertThat(join.reasons()).containsExactly(DeadLetterReason.LATE);
        assertThat(join.refused.get(0).detail()).contains("join.reward-window");
        assertThat(join.joined).isEmpty();
    }

    @Test
    void refusesAnEarlyRewardThatTurnsOutLateOnceItsGenerationIsThere() {
        JoinFixture join =
                with("").take(reward("t", "r1", 1, START_MS + 7_200_000)).take(STEP);
        assertThat(join.reasons()).containsExactly(DeadLetterReason.LATE);
        assertThat(join.joined).isEmpty();
    }

    @Test
    void emitsDefaultRewardWhenTheWindowCloses() {
        JoinFixture join = with("\"default-reward\": 0.25").take(STEP);
        assertThat(join.trajectory.deadlineMs).isEqualTo(START_MS + WINDOW_MS);
        join.close();
        assertThat(join.joined).singleElement().satisfies(joined -> {
            assertThat(joined.reward()).isEqualTo(0.25);
            assertThat(joined.defaulted()).isTrue();
        });
    }

    @Test
    void skipsAndCountsATrajectoryWithoutRewardWhenThePolicySaysSo() {
        JoinFixture join = with("\"default-reward\": \"skip\"").take(STEP).close();
        assertThat(join.skipped).isEqualTo(1);
        assertThat(join.joined).isEmpty();
        assertThat(join.refused).isEmpty();
    }

    @Test
    void waitsForAllStepsOfATrajectory() {
        JoinFixture join =
                with("").take(generation("t", 1, true, START_MS + 10)).take(reward("t", "r1", 1, START_MS + 20));
        assertThat(join.joined).isEmpty();
        join.take(generation("t", 0, false, START_MS));
        assertThat(join.joined)
                .singleElement()
                .satisfies(joined -> assertThat(joined.steps())
                        .hasDimensions(2, generation("t", 0, false, START_MS).value().length));
    }

    @Test
    void refusesEverythingOfATrajectoryWithoutItsFirstStep() {
        JoinFixture join = with("").take(generation("t", 1, true, START_MS))
                .take(reward("t", "r1", 1, START_MS))
                .close();
        assertThat(join.reasons()).containsExactly(DeadLetterReason.MISSING_STEP, DeadLetterReason.MISSING_STEP);
        assertThat(join.joined).isEmpty();
    }

    @Test
    void refusesARewardForAStepThatTheTrajectoryDoesNotHave() {
        JoinFixture join = with("").take(STEP).take(reward("t", "r1", 1, START_MS, r -> r.setStep(3)));
        assertThat(join.reasons()).containsExactly(DeadLetterReason.UNMATCHED);
        assertThat(join.joined).isEmpty();
        join.take(reward("t", "r2", 1, START_MS, r -> r.setStep(0)));
        assertThat(join.joined).hasSize(1);
    }

    @Test
    void waitsForTheLastMark() {
        JoinFixture join = with("\"completion\": \"last-mark\"").take(STEP).take(reward("t", "r1", 0, START_MS));
        assertThat(join.joined).isEmpty();
        join.take(reward("t", "r2", 1, START_MS, r -> r.setLast(true)));
        assertThat(join.joined)
                .singleElement()
                .satisfies(joined -> assertThat(joined.reward()).isEqualTo(0.5));
    }

    @ParameterizedTest
    @CsvSource({
        "sum, -6",
        "mean, -2",
        "first, -1",
        "last, -2",
        "min, -3",
        "max, -1",
    })
    void aggregatesByMetricAlsoWhenAllRewardsAreNegative(String aggregation, double expected) {
        JoinFixture join = with("\"completion\": \"window\"");
        String json = JoinFixture.spec("\"completion\": \"window\"")
                .getSpecification()
                .replace("\"aggregation\": \"mean\"", "\"aggregation\": \"" + aggregation + "\"");
        var spec = JoinFixture.spec("");
        spec.setRevision(2);
        spec.setSpecification(json);
        join.policies.accept(spec);
        join.take(STEP)
                .take(reward("t", "r1", -1, START_MS + 1))
                .take(reward("t", "r3", -3, START_MS + 2))
                .take(reward("t", "r2", -2, START_MS + 3))
                .close();
        assertThat(join.joined)
                .singleElement()
                .satisfies(joined -> assertThat(joined.reward()).isEqualTo(expected));
    }

    @Test
    void weighsMetricsAndClipsTheirSum() {
        JoinFixture join = with("\"completion\": \"window\"")
                .take(STEP)
                .take(reward("t", "r1", 4, START_MS))
                .take(reward("t", "r2", 100, START_MS, r -> r.setName("thumbs")))
                .close();
        assertThat(join.joined.get(0).reward()).isEqualTo(10);
    }

    @Test
    void holdsRecordsOfAnUnknownPolicyUntilItIsApplied() {
        var join = new JoinFixture();
        join.take(STEP).take(reward("t", "r1", 1, START_MS + 1));
        assertThat(join.trajectory.waiting).hasSize(2);
        join.policies.accept(JoinFixture.spec(""));
        join.retry(START_MS + 250);
        assertThat(join.joined).hasSize(1);
        assertThat(join.refused).isEmpty();
    }

    @Test
    void refusesRecordsOfAPolicyThatStaysUnknown() {
        var join = new JoinFixture();
        join.take(STEP);
        join.retry(START_MS + JoinFixture.GRACE_MS - 1);
        assertThat(join.refused).isEmpty();
        join.retry(START_MS + JoinFixture.GRACE_MS);
        assertThat(join.reasons()).containsExactly(DeadLetterReason.UNKNOWN_POLICY);
        assertThat(join.trajectory.isBlank()).isTrue();
    }

    @Test
    void refusesWhatAHostileKindFailsOn() {
        var join = new JoinFixture();
        join.policies.accept(
                SamplePolicy.hostile(JoinFixture.POLICY, "validate").spec(1));

        join.take(STEP);

        assertThat(join.reasons()).containsExactly(DeadLetterReason.INVALID);
        assertThat(join.refused.get(0).detail()).contains("kind 'hostile'", "org/example/Forgotten");
    }
}

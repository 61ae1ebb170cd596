package io.millrace.learner.join;

import static io.millrace.learner.join.JoinFixture.START_MS;
import static io.millrace.learner.join.JoinFixture.WINDOW_MS;
import static io.millrace.learner.join.JoinFixture.generation;
import static io.millrace.learner.join.JoinFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.Reward;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Trajectories of three steps: which reward goes to which, and when all have come. */
class StepRewardsTest {

    private static final String AT_THE_END = "\"completion\": \"window\"";
    private static final String AT_THE_LAST_MARK = "\"completion\": \"last-mark\"";

    @Test
    void giveEveryStepItsOwn() {
        JoinFixture join = steps(AT_THE_END)
                .take(reward("a", 0.5, r -> r.setStep(0)))
                .take(reward("b", -2, r -> r.setStep(2)))
                .close();

        assertRewards(join, 0.5, 0, -2);
        assertThat(join.joined.get(0).reward()).isEqualTo(-1.5);
    }

    @Test
    void aggregateWithinAStepAndNotAcrossSteps() {
        JoinFixture join = steps(AT_THE_END)
                .take(reward("a", 1, r -> r.setStep(1)))
                .take(reward("b", 3, r -> r.setStep(1)))
                .take(reward("c", 4, r -> r.setStep(1).setName("thumbs")))
                .take(reward("d", 6, r -> r.setStep(2)))
                .close();

        assertRewards(join, 0, 2 + 0.5 * 4, 6);
    }

    @Test
    void countOneOfTheWholeAsOneOfTheLastStep() {
        JoinFixture alone = steps(AT_THE_END).take(reward("a", 3, r -> {})).close();
        assertRewards(alone, 0, 0, 3);

        JoinFixture both = steps(AT_THE_END)
                .take(reward("a", 3, r -> {}))
                .take(reward("b", 5, r -> r.setStep(2)))
                .close();
        assertRewards(both, 0, 0, 4);
    }

    @Test
    void areCutStepByStep() {
        JoinFixture join = steps(AT_THE_END)
                .take(reward("a", 11, r -> r.setStep(0)))
                .take(reward("b", 12, r -> r.setStep(1)))
                .take(reward("c", -13, r -> r.setStep(2)))
                .close();

        assertRewards(join, 10, 10, -10);
    }

    @Test
    void leaveTheDefaultToTheLastStep() {
        assertRewards(steps("\"default-reward\": 0.25").close(), 0, 0, 0.25);
    }

    @Test
    void completeAtTheirLastMarkWithoutTheLastStepsOwn() {
        JoinFixture join = steps(AT_THE_LAST_MARK)
                .take(reward("a", 1, r -> r.setStep(0)))
                .take(reward("b", 1, r -> r.setStep(1).setLast(true)));

        assertRewards(join, 1, 1, 0);
    }

    @Test
    void waitForTheRewardOfTheLastStep() {
        JoinFixture join = with(AT_THE_LAST_MARK)
                .take(generation("t", 0, false, START_MS))
                .take(reward("a", 1, r -> r.setStep(0)))
                .take(generation("t", 1, false, START_MS))
                .take(reward("b", 2, r -> r.setStep(1)))
                .take(generation("t", 2, true, START_MS));
        assertThat(join.joined).as("the last step has not been rewarded").isEmpty();

        join.take(reward("c", 3, r -> r.setStep(2)));

        assertRewards(join, 1, 2, 3);
        join.take(reward("d", 4, r -> r.setStep(1)));
        assertThat(join.reasons()).containsExactly(DeadLetterReason.LATE);
    }

    @Test
    void completeWithOneForTheWholeAtTheLastMark() {
        assertRewards(steps(AT_THE_LAST_MARK).take(reward("a", 2, r -> {})), 0, 0, 2);
    }

    @Test
    void ofATrajectoryWithoutItsLastStepAreSettledByTheWindow() {
        JoinFixture join = with(AT_THE_LAST_MARK)
                .take(generation("t", 0, false, START_MS))
                .take(generation("t", 1, false, START_MS + 10))
                .take(reward("a", 1, r -> r.setStep(0)));
        assertThat(join.joined).isEmpty();
        assertThat(join.trajectory.deadlineMs).isEqualTo(START_MS + 10 + WINDOW_MS);

        assertRewards(join.close(), 1, 0);
    }

    @Test
    void whoseSumIsNoNumberAreRefused() {
        JoinFixture join = with("");
        var spec = JoinFixture.spec(AT_THE_END);
        spec.setRevision(2);
        spec.setSpecification(spec.getSpecification()
                .replace("[-10, 10]", "[-1e308, 1e308]")
                .replace("\"weight\": 1.0", "\"weight\": 1e279"));
        join.policies.accept(spec);
        for (int step = 0; step < 3; step++) {
            int at = step;
            join.take(generation("t", step, step == 2, START_MS)).take(reward("r" + step, 1e29, r -> r.setStep(at)));
        }

        assertThat(join.close().reasons()).contains(DeadLetterReason.NON_FINITE);
        assertThat(join.joined).isEmpty();
    }

    private static JoinFixture steps(String lines) {
        return with(lines)
                .take(generation("t", 0, false, START_MS))
                .take(generation("t", 1, false, START_MS))
                .take(generation("t", 2, true, START_MS));
    }

    private static RawRecord reward(String rewardId, double value, Consumer<Reward.Builder> change) {
        return JoinFixture.reward("t", rewardId, value, START_MS + 1, change);
    }

    private static void assertRewards(JoinFixture join, double... expected) {
        assertThat(join.joined)
                .singleElement()
                .satisfies(joined -> assertThat(joined.rewards()).containsExactly(expected));
    }
}

package io.millrace.learner.join;

import static io.millrace.learner.join.JoinFixture.START_MS;
import static io.millrace.learner.join.JoinFixture.generation;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.DenseContext;
import io.millrace.schemas.Generation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trajectories whose last record is the state that they were cut off in, in which nobody acted. */
class CutOffTest {

    private final JoinFixture join = new JoinFixture();

    private void completing(String completion) {
        join.policies.accept(SamplePolicy.valued(JoinFixture.POLICY)
                .withText("join.completion", completion)
                .withText("join.reward-window", "60s")
                .with("join.clip", "[-10, 10]")
                .spec(1));
    }

    @Test
    void completesATrajectoryWhoseStepsAreAllRewarded() {
        completing("last-mark");
        join.take(step(0)).take(reward(0, 2)).take(step(1)).take(reward(1, 3));
        assertThat(join.joined).as("it may go on").isEmpty();

        join.take(cutOff(2));

        assertJoined(2, 3, 0);
    }

    @Test
    void waitsForTheRewardOfTheLastStepInWhichSomebodyActed() {
        completing("last-mark");
        join.take(step(0)).take(step(1)).take(cutOff(2)).take(reward(0, 2));
        assertThat(join.joined).isEmpty();

        join.take(reward(1, 3));

        assertJoined(2, 3, 0);
    }

    @Test
    void cutsOffAnEpisodeOfOneStep() {
        completing("last-mark");
        join.take(cutOff(1)).take(reward(0, 4)).take(step(0));

        assertJoined(4, 0);
    }

    @Test
    void waitsForItsSteps() {
        completing("last-mark");
        join.take(cutOff(2)).take(reward(0, 2)).take(reward(1, 3)).take(step(1));
        assertThat(join.joined).isEmpty();

        join.take(step(0));

        assertJoined(2, 3, 0);
    }

    @Test
    void comesTooLateAfterARewardThatIsMarkedLast() {
        completing("last-mark");
        join.take(step(0))
                .take(JoinFixture.reward(
                        "t", "r0", 2, START_MS, r -> r.setStep(0).setLast(true)));
        assertJoined(2);

        join.take(cutOff(1));

        assertThat(join.reasons()).containsExactly(DeadLetterReason.LATE);
    }

    @Test
    void countsOnceWhenItIsDeliveredAgain() {
        completing("last-mark");
        RawRecord end = cutOff(1);
        join.take(step(0)).take(end).take(JoinFixture.again(end, START_MS + 5)).take(reward(0, 1));
        join.take(JoinFixture.again(end, START_MS + 9));

        assertJoined(1, 0);
        assertThat(join.duplicates).isEqualTo(2);
        assertThat(join.refused).isEmpty();
    }

    @Test
    void isNoStepToGoOnFrom() {
        completing("window");
        join.take(step(0)).take(cutOff(1)).take(step(2)).take(reward(0, 1)).close();

        assertThat(join.joined).isEmpty();
        assertThat(join.reasons()).hasSize(4).containsOnly(DeadLetterReason.INVALID);
        assertThat(join.refused.get(0).detail()).contains("expected no step after the state that it was cut off in");
    }

    @Test
    void isRefusedWhereNobodyHasActed() {
        completing("last-mark");
        join.take(cutOff(0));

        assertThat(join.reasons()).containsExactly(DeadLetterReason.INVALID);
        assertThat(join.refused.get(0).detail()).contains("found none in step 0");
    }

    @Test
    void isRefusedWhenItIsNotMarkedLast() {
        completing("last-mark");
        join.take(state(1, false));

        assertThat(join.reasons()).containsExactly(DeadLetterReason.INVALID);
        assertThat(join.refused.get(0).detail()).contains("found none in step 1, not marked last");
    }

    @Test
    void isRefusedOfAPolicyThatDoesNotLearnWhatAStateIsWorth() {
        join.policies.accept(SamplePolicy.valued(JoinFixture.POLICY)
                .withText("estimator.algorithm", "reinforce")
                .withText("estimator.baseline", "mean")
                .withText("estimator.returns.kind", "trajectory")
                .spec(1));
        join.take(step(0)).take(cutOff(1));

        assertThat(join.reasons()).containsExactly(DeadLetterReason.INVALID);
        assertThat(join.refused.get(0).detail()).contains("set estimator.baseline to critic");
    }

    @Test
    void isRefusedOfAPolicyThatCannotTellWhatAStateIsWorth() {
        JoinFixture spell = JoinFixture.with("");
        spell.take(
                generation("t", 1, true, START_MS, g -> g.setActions(List.of()).setLogProbs(List.of())));

        assertThat(spell.reasons()).containsExactly(DeadLetterReason.INVALID);
    }

    private static RawRecord step(int step) {
        return generation(
                "t", step, false, START_MS, g -> dense(g).setActions(List.of(1)).setLogProbs(List.of(-1f)));
    }

    private static RawRecord cutOff(int step) {
        return state(step, true);
    }

    private static RawRecord state(int step, boolean last) {
        return generation(
                "t", step, last, START_MS, g -> dense(g).setActions(List.of()).setLogProbs(List.of()));
    }

    private static Generation.Builder dense(Generation.Builder generation) {
        return generation.setContext(new DenseContext(List.of(3f)));
    }

    private static RawRecord reward(int step, double value) {
        return JoinFixture.reward("t", "r" + step, value, START_MS, r -> r.setStep(step));
    }

    private void assertJoined(double... rewards) {
        assertThat(join.joined).singleElement().satisfies(joined -> {
            assertThat(joined.rewards()).containsExactly(rewards);
            assertThat(joined.steps()).hasNumberOfRows(rewards.length);
        });
    }
}

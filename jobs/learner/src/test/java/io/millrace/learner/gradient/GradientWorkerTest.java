package io.millrace.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.ParameterUpdate;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GradientWorkerTest {

    private final SamplePolicy pick = SamplePolicy.choice("pick");
    private final KnownPolicy known = pick.known(1);
    private final ParameterUpdate opening = RunningWorker.snapshot(known, 1, 0, new float[64]);
    private RunningWorker worker;

    @BeforeEach
    void start() throws Exception {
        worker = RunningWorker.start();
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void closesABatchOnceItIsFull() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);
        worker.learn(trajectory("a")).learn(trajectory("b")).learn(trajectory("c"));

        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void refusesTheOneWhoseGradientOverflowsAndLearnsFromTheOthersOfItsBatch() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);
        worker.learn(trajectory("a"), 1e39).learn(trajectory("b"));

        assertThat(worker.batches()).containsExactly(List.of("b"));
        assertThat(worker.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadLetterReason.GUARD);
            assertThat(letter.getDetail()).startsWith("gradient: expected finite numbers");
        });
    }

    @Test
    void closesABatchOnceItsOldestTrajectoryIsOld() throws Exception {
        worker.follow(pick.spec(1)).follow(opening).moveTo(100).learn(trajectory("a"));

        worker.moveTo(119);
        assertThat(worker.batches()).isEmpty();

        worker.moveTo(120);
        assertThat(worker.batches()).containsExactly(List.of("a"));
    }

    @Test
    void doesNotCloseAYoungBatchAtTheAgeOfAnOlderOne() throws Exception {
        worker.follow(pick.spec(1)).follow(opening).learn(trajectory("a"));
        worker.moveTo(10).learn(trajectory("b")).learn(trajectory("c"));

        worker.moveTo(29);
        assertThat(worker.batches()).containsExactly(List.of("a", "b"));

        worker.moveTo(30);
        assertThat(worker.batches()).containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void closesABatchBeforeABarrier() throws Exception {
        worker.follow(pick.spec(1)).follow(opening).learn(trajectory("a"));

        worker.barrier();

        assertThat(worker.batches()).containsExactly(List.of("a"));
    }

    @Test
    void closesABatchAtTheEndOfItsInput() throws Exception {
        worker.follow(pick.spec(1)).follow(opening).learn(trajectory("a"));

        worker.endInput();

        assertThat(worker.batches()).containsExactly(List.of("a"));
    }

    @Test
    void closesNothingWhereThereIsNothing() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);
        worker.barrier();
        worker.endInput();

        assertThat(worker.gradients()).isEmpty();
    }

    @Test
    void holdsTrajectoriesUntilThereAreParameters() throws Exception {
        worker.follow(pick.spec(1)).learn(trajectory("a")).learn(trajectory("b"));
        worker.barrier();
        assertThat(worker.gradients()).isEmpty();

        worker.follow(opening);

        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void holdsTrajectoriesOfAPolicyThatItHasNotHeardOf() throws Exception {
        worker.learn(trajectory("a")).learn(trajectory("b"));

        worker.follow(pick.spec(1)).follow(opening);

        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void keepsHeldTrajectoriesThroughARestoreOnce() throws Exception {
        worker.follow(pick.spec(1)).learn(trajectory("a"));
        worker.learn(SampleTrajectory.of(SamplePolicy.choice("unknown"), "u").joined());
        OperatorSubtaskState state = worker.checkpoint();
        try (RunningWorker restored = RunningWorker.restore(state)) {
            OperatorSubtaskState again = restored.checkpoint();
            try (RunningWorker twice = RunningWorker.restore(again)) {
                twice.follow(opening).learn(trajectory("b")).learn(trajectory("c"));
                twice.endInput();

                assertThat(twice.batches()).containsExactly(List.of("a", "b"), List.of("c"));
                twice.follow(SamplePolicy.choice("unknown").spec(1))
                        .follow(RunningWorker.snapshot(
                                SamplePolicy.choice("unknown").known(1), 1, 0, new float[64]));
                twice.endInput();
                assertThat(twice.batches()).contains(List.of("u")).hasSize(3);
            }
        }
    }

    @Test
    void keepsNothingOfABatchInState() throws Exception {
        worker.follow(pick.spec(1)).follow(opening).learn(trajectory("a"));
        OperatorSubtaskState state = worker.checkpoint();
        assertThat(worker.batches()).containsExactly(List.of("a"));
        try (RunningWorker restored = RunningWorker.restore(state)) {
            restored.follow(opening);
            restored.endInput();

            assertThat(restored.gradients()).isEmpty();
        }
    }

    @Test
    void holdsTrajectoriesOfAPausedPolicyUntilItResumes() throws Exception {
        worker.follow(pick.paused(1)).follow(opening).learn(trajectory("a"));
        OperatorSubtaskState state = worker.checkpoint();
        assertThat(worker.gradients()).isEmpty();
        try (RunningWorker restored = RunningWorker.restore(state)) {
            restored.follow(opening).learn(trajectory("b"));
            restored.endInput();
            assertThat(restored.gradients()).isEmpty();

            restored.follow(pick.spec(2));

            assertThat(restored.batches()).containsExactly(List.of("a", "b"));
        }
    }

    @Test
    void closesTheOpenBatchWhenThePolicyPauses() throws Exception {
        worker.follow(pick.spec(1)).follow(opening).learn(trajectory("a"));

        worker.follow(pick.paused(2)).learn(trajectory("b"));
        worker.endInput();

        assertThat(worker.batches()).containsExactly(List.of("a"));
    }

    @Test
    void refusesWhatIsTooStale() throws Exception {
        worker.follow(pick.with("guards.max-staleness", "10").spec(1));
        worker.follow(RunningWorker.snapshot(known, 1, 20, new float[64]));

        worker.learn(SampleTrajectory.of(pick, "old").atVersion(9).joined());
        worker.learn(SampleTrajectory.of(pick, "young").atVersion(10).joined());
        worker.endInput();

        assertThat(worker.batches()).containsExactly(List.of("young"));
        assertThat(worker.gradients().get(0).totals().stalenessMax).isEqualTo(10);
        assertThat(worker.gradients().get(0).totals().stalestSeen)
                .as("the refused one tells the server to slow down")
                .isEqualTo(11);
        assertRefused(DeadLetterReason.STALE, "staleness: expected at most 10 versions, found 11", "old");
    }

    @Test
    void refusesATrajectoryWithAnImpossibleLogProbAndLearnsTheOthers() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);

        worker.learn(SampleTrajectory.of(pick, "likely").withLogProb(0.5f).joined())
                .learn(trajectory("b"));
        worker.learn(trajectory("c"));

        assertThat(worker.batches()).containsExactly(List.of("b", "c"));
        assertGuarded("logProbs[0]", "likely");
    }

    @Test
    void refusesATrajectoryOfAnotherModelAndLearnsTheOthersOfItsBatch() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);

        worker.learn(trajectory("a")).learn(foreign("b")).learn(trajectory("c"));

        assertThat(worker.batches()).containsExactly(List.of("a", "c"));
        assertThat(worker.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.getReason()).isEqualTo(DeadLetterReason.GUARD));
    }

    @Test
    void refusesOnlyTheTrajectoryWhoseGradientIsImpossible() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);

        worker.learn(trajectory("a")).learn(trajectory("b"), Double.NaN);

        assertThat(worker.batches()).containsExactly(List.of("a"));
        assertThat(worker.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.getReason()).isEqualTo(DeadLetterReason.GUARD));
    }

    @Test
    void holdsNoMoreTrajectoriesThanItMay() throws Exception {
        worker.follow(pick.spec(1));
        for (int i = 0; i <= RunningWorker.MAX_HELD; i++) {
            worker.learn(trajectory("t" + i));
        }
        assertThat(worker.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.getDetail())
                        .contains("expected at most 6 trajectories that wait", "millrace.max-held-trajectories"));

        worker.follow(opening);

        assertThat(worker.batches()).containsExactly(List.of("t0", "t1"), List.of("t2", "t3"), List.of("t4", "t5"));
    }

    private void assertGuarded(String why, String... ids) {
        assertRefused(DeadLetterReason.GUARD, why, ids);
    }

    private void assertRefused(DeadLetterReason reason, String why, String... ids) {
        assertThat(worker.deadLetters()).extracting(DeadLetter::getTrajectoryId).containsExactly(ids);
        assertThat(worker.deadLetters()).allSatisfy(letter -> {
            assertThat(letter.getReason()).isEqualTo(reason);
            assertThat(letter.getDetail()).contains(why);
        });
    }

    /** Chose a candidate that was not there. */
    private JoinedTrajectory foreign(String id) {
        return SampleTrajectory.of(pick, id).choosing(7).joined();
    }

    private JoinedTrajectory trajectory(String id) {
        return SampleTrajectory.of(pick, id).joined();
    }
}

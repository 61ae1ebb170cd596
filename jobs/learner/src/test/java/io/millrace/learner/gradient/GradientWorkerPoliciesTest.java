package io.millrace.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.policy.Trajectory.Origin;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker makes of new revisions, good and bad. */
class GradientWorkerPoliciesTest {

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
    void followsANewBatchSize() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);
        learn(worker, "a");

        worker.follow(pick.with("batch.trajectories", "3").spec(2));
        learn(worker, "b", "c", "d");

        assertThat(worker.batches()).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    void followsTheLaterOfTwoRecordsOfOneRevision() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);

        worker.follow(pick.with("batch.trajectories", "3").spec(1));
        OperatorSubtaskState state = worker.checkpoint();
        try (RunningWorker restored = RunningWorker.restore(state)) {
            restored.follow(opening);
            learn(restored, "a", "b", "c");

            assertThat(restored.batches()).containsExactly(List.of("a", "b", "c"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "gradient"})
    void refusesWhatAHostileKindFailsOnAndLearnsTheOtherPolicies(String method) throws Exception {
        SamplePolicy hostile = SamplePolicy.hostile("hostile", method);
        KnownPolicy theirs = hostile.known(1);
        worker.follow(hostile.spec(1))
                .follow(RunningWorker.snapshot(
                        theirs, 1, 0, new float[theirs.policy().layout().size()]))
                .follow(pick.spec(1))
                .follow(opening);

        for (String id : List.of("x", "y")) {
            worker.learn(SampleTrajectory.walk(hostile, id, new int[][] {{1, 0}}, new double[] {1}, Origin.GENERATED));
        }
        learn(worker, "a", "b");

        assertThat(worker.deadLetters()).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadLetterReason.GUARD);
            assertThat(letter.getDetail()).contains("kind 'hostile'", "org/example/Forgotten");
        });
        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void staysWithoutAPolicyWhoseKindCannotMakeItsReference() throws Exception {
        SamplePolicy hostile = SamplePolicy.hostile("hostile", "initialize")
                .with("estimator.kl.coefficient", "0.1")
                .withText("estimator.kl.reference", "initial");
        worker.follow(hostile.spec(1)).follow(pick.spec(1)).follow(opening);

        learn(worker, "a", "b");

        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void goesOnWithItsModelWhenARevisionHasAnother() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);

        worker.follow(pick.with("model.hash-bits", "7")
                .with("batch.trajectories", "1")
                .spec(2));
        learn(worker, "a", "b");

        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void goesOnWithItsModelWhenARevisionHasAnotherOfTheSameSize() throws Exception {
        worker.follow(pick.spec(1)).follow(opening);

        worker.follow(pick.with("model.exploration", "0.5")
                .with("batch.trajectories", "1")
                .spec(2));
        learn(worker, "a", "b");

        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void restoresTheRevisionThatItFollowedNotOneThatWasRefused() throws Exception {
        PolicySpec unreadable = pick.spec(3);
        unreadable.setSpecification("{");
        worker.follow(pick.spec(1)).follow(opening);
        worker.follow(pick.with("model.hash-bits", "7").spec(2)).follow(unreadable);
        OperatorSubtaskState state = worker.checkpoint();
        try (RunningWorker restored = RunningWorker.restore(state)) {
            restored.follow(opening);
            learn(restored, "a", "b");

            assertThat(restored.batches()).containsExactly(List.of("a", "b"));
        }
    }

    @Test
    void takesAMendedModelWhereTheFirstNeverGotParameters() throws Exception {
        worker.follow(pick.with("model.hash-bits", "7").spec(1)).follow(opening);
        learn(worker, "a", "b");
        assertThat(worker.gradients()).isEmpty();

        worker.follow(pick.spec(2));

        assertThat(worker.batches()).containsExactly(List.of("a", "b"));
    }

    @Test
    void startsNoPolicyThatWasWithdrawnAfterARestore() throws Exception {
        worker.follow(pick.spec(1)).follow(opening).follow(pick.deleted(2));
        OperatorSubtaskState state = worker.checkpoint();
        try (RunningWorker restored = RunningWorker.restore(state)) {
            restored.follow(opening);
            learn(restored, "a", "b");

            assertThat(restored.gradients()).isEmpty();
        }
    }

    private void learn(RunningWorker by, String... ids) throws Exception {
        for (String id : ids) {
            by.learn(SampleTrajectory.of(pick, id).joined());
        }
    }
}

package io.millrace.learner.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LearnerFenceTest {

    private static final String OWN = "this-job";
    private static final String OTHER = "another-job";
    private static final String UNNAMED = "";

    private OneInputStreamOperatorTestHarness<Control, Control> fence;

    @BeforeEach
    void start() throws Exception {
        fence = ProcessFunctionTestHarnesses.forProcessFunction(new LearnerFence(OWN));
    }

    @AfterEach
    void stop() throws Exception {
        fence.close();
    }

    @Test
    void endsTheJobForGoodWhenAnotherOpensAHigherEpoch() throws Exception {
        update("pick", OWN, 5);

        assertThatThrownBy(() -> update("pick", OTHER, 6))
                .rootCause()
                .isInstanceOf(LearnerFencedException.class)
                .hasMessage(
                        "Another learner writes policy 'pick': expected no epoch above 5, this one's, found epoch 6 of"
                                + " learner 'another-job'; stop one of them, or give one a millrace.topic-prefix of its own");
        assertThatThrownBy(() -> update("pick", UNNAMED, 7))
                .satisfies(failure -> assertThat(ThrowableClassifier.findThrowableOfThrowableType(
                                failure, ThrowableType.NonRecoverableError))
                        .as("Flink does not restart the job")
                        .isPresent());
    }

    @Test
    void goesOnWhereAnotherHasLost() throws Exception {
        update("pick", OWN, 5);

        assertThatCode(() -> update("pick", OTHER, 4)).doesNotThrowAnyException();
        assertThatCode(() -> update("pick", UNNAMED, -1)).doesNotThrowAnyException();
    }

    @Test
    void readsOverWhatOthersWroteBeforeItsOwnFirstUpdate() throws Exception {
        update("pick", OTHER, 9);
        update("pick", OTHER, 10);
        update("pick", OWN, 8);

        assertThat(fence.extractOutputValues()).hasSize(3);
    }

    @Test
    void followsItsOwnEpochsThroughRestoresRollbacksAndZombies() throws Exception {
        update("pick", OWN, 5);
        update("pick", OWN, 8);
        update("pick", OWN, 5);
        update("pick", OTHER, 7);

        assertThatThrownBy(() -> update("pick", OTHER, 9)).rootCause().hasMessageContaining("no epoch above 8");
    }

    @Test
    void keepsPoliciesApart() throws Exception {
        update("pick", OWN, 5);
        update("walk", OTHER, 6);

        assertThat(fence.extractOutputValues()).extracting(Control::key).containsExactly("pick", "walk");
    }

    private void update(String policy, String learner, long epoch) throws Exception {
        fence.processElement(
                new Control(Control.Kind.PARAMETERS, new byte[] {1}, policy, 0, epoch, 0, learner, epoch), 0);
    }
}

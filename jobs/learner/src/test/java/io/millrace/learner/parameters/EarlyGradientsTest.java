package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.UpdateKind;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Gradients that reach the server before the specification of their policy. */
class EarlyGradientsTest {

    private static final long NOW_MS = SampleGradient.JOINED_AT_MS;
    private static final int[] ROWS = {1, 5, 63};

    private final KeptSnapshots topic = new KeptSnapshots();
    private final SamplePolicy pick = SamplePolicy.choice("pick");

    @Test
    void areLearnedOnceTheSpecificationHasCome() throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS)) {
            server.learn(SampleGradient.of("pick", 1f, ROWS, "a")).learn(SampleGradient.of("pick", 1f, ROWS, "b"));
            assertThat(server.updates()).isEmpty();

            server.apply(pick.spec(1));

            assertThat(server.updates()).hasSize(2);
            assertThat(server.updates().get(0).getKind()).isEqualTo(UpdateKind.SNAPSHOT);
            assertThat(server.lastUpdate().getStats().getTrajectories()).isEqualTo(2);
            assertThat(server.theta(pick.known(1))[5]).as("0.5 · (1 + 1) / 2").isEqualTo(0.5f);
            assertThat(server.deadLetters()).isEmpty();
        }
    }

    @Test
    void outliveARestoreAndAreLearnedOnce() throws Exception {
        OperatorSubtaskState state;
        try (RunningServer server = RunningServer.start(topic, NOW_MS)) {
            server.learn(SampleGradient.of("pick", 1f, ROWS, "a")).learn(SampleGradient.of("pick", 1f, ROWS, "b"));
            state = server.checkpoint();
        }
        OperatorSubtaskState later;
        try (RunningServer restored = RunningServer.restore(topic, NOW_MS + 1, state)) {
            restored.apply(pick.spec(1));
            assertThat(restored.lastUpdate().getStats().getTrajectoriesTotal()).isEqualTo(2);
            later = restored.checkpoint();
        }
        try (RunningServer again = RunningServer.restore(topic, NOW_MS + 2, later)) {
            again.apply(pick.spec(2));
            assertThat(again.updates()).hasSize(1);
            assertThat(again.lastUpdate().getStats().getTrajectoriesTotal()).isEqualTo(2);
        }
    }

    @Test
    void becomeDeadLettersWhenTheyAreTooManyToHold() throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS)) {
            for (int i = 0; i <= EarlyGradients.MOST_OF_A_POLICY; i++) {
                server.learn(SampleGradient.of("pick", 1f, ROWS, "t" + i));
            }

            assertThat(server.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.getReason()).isEqualTo(DeadLetterReason.GUARD);
                assertThat(letter.getDetail()).contains("'pick'").contains("apply it");
            });
            server.apply(pick.spec(1)).moveTo(NOW_MS + 1_000);
            assertThat(server.lastUpdate().getStats().getTrajectoriesTotal()).isEqualTo(64);
        }
    }

    @Test
    void doNotHoldUpOtherPolicies() throws Exception {
        SamplePolicy other = SamplePolicy.choice("other");
        try (RunningServer server = RunningServer.start(topic, NOW_MS).apply(other.spec(1))) {
            server.learn(SampleGradient.of("pick", 1f, ROWS, "a"))
                    .learn(SampleGradient.of("other", 1f, ROWS, "b"))
                    .learn(SampleGradient.of("other", 1f, ROWS, "c"));

            assertThat(server.lastUpdate().getPolicy()).isEqualTo("other");
            assertThat(server.lastUpdate().getStats().getTrajectories()).isEqualTo(2);
        }
    }
}

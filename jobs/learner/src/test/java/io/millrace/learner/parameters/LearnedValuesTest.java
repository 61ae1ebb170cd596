package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.gradient.PartialGradient;
import io.millrace.schemas.ValueEstimate;
import io.millrace.schemas.ValueEstimator;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Counterfactual values at the server: on every update, in state, and forgetting. */
class LearnedValuesTest {

    private static final long NOW_MS = 1_000_100;

    private final SamplePolicy pick = SamplePolicy.choice("pick");
    private final KeptSnapshots topic = new KeptSnapshots();

    @Test
    void areOnEveryUpdate() throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS)) {
            server.apply(pick.spec(1)).learn(partial("a", 0.5)).learn(partial("b", 1));

            List<ValueEstimate> estimates = server.lastUpdate().getStats().getValueEstimates();
            assertThat(estimates)
                    .extracting(ValueEstimate::getTarget)
                    .containsExactly("current", "current", "current", "uniform", "uniform");
            assertThat(estimates)
                    .extracting(ValueEstimate::getEstimator)
                    .containsExactly(
                            ValueEstimator.IPS,
                            ValueEstimator.SELF_NORMALISED_IPS,
                            ValueEstimator.DOUBLY_ROBUST,
                            ValueEstimator.IPS,
                            ValueEstimator.SELF_NORMALISED_IPS);
            assertThat(estimates)
                    .allSatisfy(estimate ->
                            assertThat(estimate.getValue()).isBetween(estimate.getLower(), estimate.getUpper()));
        }
    }

    @Test
    void goOnAfterARestore() throws Exception {
        List<ValueEstimate> undisturbed;
        OperatorSubtaskState state;
        try (RunningServer server = RunningServer.start(topic, NOW_MS)) {
            server.apply(pick.spec(1)).learn(partial("a", 0.5)).learn(partial("b", 1));
            state = server.checkpoint();
            server.learn(partial("c", 0.25)).learn(partial("d", 0.75));
            undisturbed = server.lastUpdate().getStats().getValueEstimates();
        }
        try (RunningServer server = RunningServer.restore(topic, NOW_MS, state)) {
            server.learn(partial("c", 0.25)).learn(partial("d", 0.75));

            assertThat(server.lastUpdate().getStats().getValueEstimates())
                    .hasSize(5)
                    .isEqualTo(undisturbed);
        }
    }

    @Test
    void leaveOutWhatAGuardDropped() throws Exception {
        try (RunningServer server = RunningServer.start(topic, NOW_MS)) {
            server.apply(pick.with("guards.max-kl", "0.001").spec(1)).learn(partial("a", 0.5));
            server.learn(partial("b", 1));

            assertThat(server.deadLetters()).hasSize(2);
            assertThat(server.lastUpdate().getStats().getValueEstimates()).isEmpty();
        }
    }

    private static PartialGradient partial(String id, double reward) {
        PartialGradient partial = SampleGradient.of("pick", 1f, new int[] {1}, id);
        partial.totals().valuesOf("current").add(1.25, reward, 0.5, 0.5);
        partial.totals().valuesOf("uniform").add(0.5, reward);
        return partial;
    }
}

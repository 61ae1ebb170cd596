package io.millrace.learner.advantage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.control.Control;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.learner.gradient.WorkerInput;
import io.millrace.learner.join.JoinedTrajectory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BaselineTimeToLiveTest {

    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);
    private static final long HALF_MS = TIME_TO_LIVE.toMillis() / 2;

    private final SamplePolicy pick = SamplePolicy.choice("pick").withText("estimator.baseline", "mean");
    private KeyedBroadcastOperatorTestHarness<String, JoinedTrajectory, Control, WorkerInput> harness;

    @BeforeEach
    void start() throws Exception {
        harness = open(null);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void aSegmentWithoutRewardsForThatLongBeginsAnew() throws Exception {
        assertThat(baseline("gone", 1)).isZero();
        harness.setStateTtlProcessingTime(TIME_TO_LIVE.toMillis() - 1);
        assertThat(baseline("gone", 1)).isEqualTo(1);

        harness.setStateTtlProcessingTime(2 * TIME_TO_LIVE.toMillis());
        assertThat(baseline("gone", 1)).isZero();
    }

    @Test
    void everyRewardKeepsItsSegmentAliveThroughARestoreToo() throws Exception {
        assertThat(baseline("alive", 1)).isZero();
        for (long ms = HALF_MS; ms < 6 * HALF_MS; ms += HALF_MS) {
            OperatorSubtaskState state = harness.snapshot(ms, ms);
            harness.close();
            harness = open(state);
            harness.setStateTtlProcessingTime(ms);
            assertThat(baseline("alive", 1)).isEqualTo(1);
        }
    }

    @Test
    void whatHasExpiredIsTakenOutOfTheState() throws Exception {
        assertThat(baseline("gone", 1)).isZero();
        harness.setStateTtlProcessingTime(TIME_TO_LIVE.toMillis());
        for (int i = 0; i < 100; i++) {
            assertThat(baseline("alive", 1)).isEqualTo(i == 0 ? 0 : 1);
        }
        // If it were still there, it would be found again at a time at which it had not expired.
        harness.setStateTtlProcessingTime(0);
        assertThat(baseline("gone", 1)).isZero();
        assertThat(baseline("alive", 1)).isEqualTo(1);
    }

    private static KeyedBroadcastOperatorTestHarness<String, JoinedTrajectory, Control, WorkerInput> open(
            @Nullable OperatorSubtaskState state) throws Exception {
        var opened = new KeyedBroadcastOperatorTestHarness<String, JoinedTrajectory, Control, WorkerInput>(
                new CoBroadcastWithKeyedOperator<>(new Advantage(TIME_TO_LIVE), List.of(Advantage.NO_STATE)),
                JoinedTrajectory::lane,
                Types.STRING,
                128,
                1,
                0);
        opened.setup();
        if (state != null) {
            opened.initializeState(state);
        }
        opened.open();
        return opened;
    }

    /** What the reward of one more trajectory is compared with. */
    private double baseline(String segment, double reward) throws Exception {
        harness.processElement(
                SampleTrajectory.of(pick, "t").in(segment).rewarded(reward).joined(), 1);
        List<WorkerInput> output = harness.extractOutputValues();
        return Objects.requireNonNull(output.get(output.size() - 1)).baseline();
    }
}

package io.millrace.learner.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learner.control.Control;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.learner.gradient.WorkerInput;
import io.millrace.learner.join.JoinedTrajectory;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdvantageTest {

    private final SamplePolicy pick = SamplePolicy.choice("pick");
    private KeyedBroadcastOperatorTestHarness<String, JoinedTrajectory, Control, WorkerInput> harness;

    @BeforeEach
    void start() throws Exception {
        harness = newHarness();
        harness.open();
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    private static KeyedBroadcastOperatorTestHarness<String, JoinedTrajectory, Control, WorkerInput> newHarness()
            throws Exception {
        var harness = new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(new Advantage(Duration.ofHours(1)), List.of(Advantage.NO_STATE)),
                JoinedTrajectory::lane,
                Types.STRING,
                128,
                1,
                0);
        harness.setup();
        return harness;
    }

    @Test
    void subtractsTheMeanOfTheRewardsBeforeThisOne() throws Exception {
        rewards(pick.withText("estimator.baseline", "mean"), "", 0.5, 1.0, 0.0);

        assertThat(baselines()).containsExactly(0.0, 0.5, 0.75);
        assertThat(advantages()).containsExactly(0.5, 0.5, -0.75);
    }

    @Test
    void subtractsTheMeanWithThisRewardInItWhereThePolicySaysSo() throws Exception {
        rewards(pick.withText("estimator.baseline", "inclusive-mean"), "", 0.5, 1.0, 0.0);

        assertThat(baselines()).containsExactly(0.5, 0.75, 0.5);
        assertThat(advantages()).containsExactly(0.0, 0.25, -0.5);
    }

    @Test
    void subtractsTheMovingAverageOfTheRewardsBeforeThisOne() throws Exception {
        SamplePolicy moving = pick.withText("estimator.baseline", "ema").with("estimator.ema-rate", "0.5");
        rewards(moving, "", 1.0, 0.0, 0.0);

        assertThat(baselines().get(0)).isZero();
        assertThat(baselines().get(1)).isEqualTo(1.0, within(1e-12));
        assertThat(baselines().get(2)).as("(0.5 · 1 + 1 · 0) / 1.5").isEqualTo(1 / 3.0, within(1e-12));
    }

    @Test
    void subtractsNothingWhereThePolicySaysSo() throws Exception {
        rewards(pick.withText("estimator.baseline", "none"), "", 0.5, 1.0, 0.25);

        assertThat(baselines()).containsOnly(0.0);
        assertThat(advantages()).containsExactly(0.5, 1.0, 0.25);
    }

    @Test
    void keepsDemonstrationsOutOfTheAverages() throws Exception {
        rewards(pick, "de", 0.5);
        harness.processElement(
                SampleTrajectory.of(pick, "d")
                        .in("de")
                        .rewarded(4)
                        .demonstrated()
                        .joined(),
                1);
        rewards(pick, "de", 1.0);

        assertThat(baselines()).containsExactly(0.0, 0.0, 0.5);
        assertThat(advantages()).containsExactly(0.5, 4.0, 0.5);
    }

    @Test
    void keepsAnAverageASegment() throws Exception {
        rewards(pick, "de", 1.0);
        rewards(pick, "fr", 0.0);
        rewards(pick, "de", 1.0);
        rewards(pick, "fr", 0.0);

        assertThat(baselines()).containsExactly(0.0, 0.0, 1.0, 0.0);
    }

    @Test
    void dividesByTheDeviationOnceThereIsOne() throws Exception {
        rewards(pick.with("estimator.normalize-advantage", "true"), "", 0.0, 1.0, 1.0);

        assertThat(advantages())
                .as("mean 0.5 and deviation 0.5 before the third")
                .containsExactly(0.0, 1.0, 1.0);
    }

    @Test
    void dividesNothingWhileAllRewardsAreEqual() throws Exception {
        rewards(pick.with("estimator.normalize-advantage", "true"), "", 1.0, 1.0, 1.0, 0.5);

        assertThat(advantages()).containsExactly(1.0, 0.0, 0.0, -0.5);
    }

    @Test
    void normalisesWithoutABaselineToo() throws Exception {
        SamplePolicy scaled = pick.withText("estimator.baseline", "none").with("estimator.normalize-advantage", "true");
        rewards(scaled, "", 2.0, 2.0, 2.0);

        assertThat(baselines()).containsOnly(0.0);
        assertThat(advantages()).as("the root mean square is 2").containsExactly(2.0, 2.0, 1.0);
    }

    @Test
    void goesOnWithItsAveragesAfterARestore() throws Exception {
        rewards(pick, "de", 1.0, 0.0);
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = newHarness();
        harness.initializeState(state);
        harness.open();

        rewards(pick, "de", 0.25);

        assertThat(baselines()).containsExactly(0.5);
        assertThat(advantages()).containsExactly(-0.25);
    }

    @Test
    void passesTrajectoriesOnAsTheyAre() throws Exception {
        JoinedTrajectory trajectory = SampleTrajectory.of(pick, "t").in("de").joined();
        harness.processElement(trajectory, 1);

        assertThat(harness.extractOutputValues().get(0).trajectory())
                .usingRecursiveComparison()
                .isEqualTo(trajectory);
        assertThat(harness.extractOutputValues().get(0).control()).isNull();
    }

    @Test
    void passesControlRecordsOnToTheWorker() throws Exception {
        var control = new Control(Control.Kind.PARAMETERS, new byte[] {1, 2});
        harness.processBroadcastElement(control, 1);

        assertThat(harness.extractOutputValues()).singleElement().satisfies(input -> {
            assertThat(input.control()).usingRecursiveComparison().isEqualTo(control);
            assertThat(input.trajectory()).isNull();
        });
    }

    private void rewards(SamplePolicy policy, String segment, double... rewards) throws Exception {
        for (double reward : rewards) {
            harness.processElement(
                    SampleTrajectory.of(policy, "t")
                            .in(segment)
                            .rewarded(reward)
                            .joined(),
                    1);
        }
    }

    private List<Double> baselines() {
        return harness.extractOutputValues().stream().map(WorkerInput::baseline).toList();
    }

    private List<Double> advantages() {
        return harness.extractOutputValues().stream()
                .map(WorkerInput::advantage)
                .toList();
    }
}

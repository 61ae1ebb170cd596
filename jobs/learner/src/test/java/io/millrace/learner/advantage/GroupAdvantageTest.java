package io.millrace.learner.advantage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.control.Control;
import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.learner.gradient.WorkerInput;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Baselines of a group: outputs of one prompt wait for each other. */
class GroupAdvantageTest {

    private static final long WINDOW_MS = 60_000;

    private final SamplePolicy pairs = SamplePolicy.choice("pick")
            .withText("estimator.baseline", "leave-one-out")
            .with("estimator.group-size", "2");
    private final SamplePolicy threes = pairs.with("estimator.group-size", "3");
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
                new CoBroadcastWithKeyedOperator<>(new Advantage(), List.of(Advantage.NO_STATE)),
                JoinedTrajectory::lane,
                Types.STRING,
                128,
                1,
                0);
        harness.setup();
        return harness;
    }

    @Test
    void comparesEachWithTheOthersOnceAllAreThere() throws Exception {
        arrive(threes, "a", "g", 0);
        arrive(threes, "b", "g", 0.5);
        assertThat(learned()).isEmpty();

        arrive(threes, "c", "g", 1);

        assertThat(learned()).containsExactly("a", "b", "c");
        assertThat(advantages()).containsExactly(-0.75, 0.0, 0.75);
        assertThat(baselines()).containsExactly(0.75, 0.5, 0.25);
    }

    @Test
    void centresOrNormalisesAsThePolicySays() throws Exception {
        SamplePolicy centred = pairs.withText("estimator.baseline", "group-centered");
        arrive(centred, "a", "g", 0);
        arrive(centred, "b", "g", 1);
        SamplePolicy normalised = pairs.withText("estimator.baseline", "group-normalized");
        arrive(normalised, "c", "h", 0.25);
        arrive(normalised, "d", "h", 0.75);

        assertThat(advantages()).containsExactly(-0.5, 0.5, -1.0, 1.0);
        assertThat(baselines()).containsOnly(0.5);
    }

    @Test
    void keepsGroupsApart() throws Exception {
        arrive(pairs, "a", "g", 0);
        arrive(pairs, "b", "h", 1);
        assertThat(learned()).isEmpty();

        arrive(pairs, "c", "h", 0);

        assertThat(learned()).containsExactly("b", "c");
    }

    @Test
    void makesASecondGroupOfWhatIsMore() throws Exception {
        for (String id : List.of("a", "b", "c", "d")) {
            arrive(pairs, id, "g", id.equals("d") ? 1 : 0);
        }

        assertThat(learned()).containsExactly("a", "b", "c", "d");
        assertThat(advantages()).containsExactly(0.0, 0.0, -1.0, 1.0);
    }

    @Test
    void comparesWhatIsThereWhenTheWindowEnds() throws Exception {
        arrive(threes, "a", "g", 0);
        arrive(threes, "b", "g", 1);
        passTo(1_000 + WINDOW_MS - 1);
        assertThat(learned()).isEmpty();

        passTo(1_000 + WINDOW_MS);

        assertThat(learned()).containsExactly("a", "b");
        assertThat(advantages()).containsExactly(-1.0, 1.0);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void refusesOneThatStaysAlone() throws Exception {
        arrive(threes, "a", "g", 0);
        passTo(1_000 + WINDOW_MS);

        assertThat(learned()).isEmpty();
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadLetterReason.INCOMPLETE_GROUP);
            assertThat(letter.getTrajectoryId()).isEqualTo("a");
            assertThat(letter.getPolicy()).isEqualTo("pick");
            assertThat(letter.getDetail()).contains("group 'g': expected 3 outputs", "estimator.group-size");
        });
    }

    @Test
    void leavesALaterGroupOfTheSameNameItsOwnTime() throws Exception {
        arrive(pairs, "a", "g", 0);
        arrive(pairs, "b", "g", 1);
        passTo(50_000);
        harness.processElement(trajectory(pairs, "c", "g", 0), 50_000);
        passTo(1_000 + WINDOW_MS);
        assertThat(deadLetters()).isEmpty();

        harness.processElement(trajectory(pairs, "d", "g", 1), 100_000);

        assertThat(learned()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void countsNoTrajectoryTwice() throws Exception {
        arrive(threes, "a", "g", 0);
        arrive(threes, "a", "g", 0);
        arrive(threes, "b", "g", 1);
        assertThat(learned()).isEmpty();

        arrive(threes, "c", "g", 1);

        assertThat(learned()).containsExactly("a", "b", "c");
    }

    @Test
    void losesNothingWhenItIsRestored() throws Exception {
        arrive(pairs, "a", "g", 0);
        arrive(threes, "x", "h", 0);
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = newHarness();
        harness.initializeState(state);
        harness.open();

        arrive(pairs, "b", "g", 1);
        passTo(1_000 + WINDOW_MS);

        assertThat(learned()).containsExactly("a", "b");
        assertThat(deadLetters()).extracting(DeadLetter::getTrajectoryId).containsExactly("x");
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void takesDemonstrationsPastTheGroups() throws Exception {
        harness.processElement(
                SampleTrajectory.of(pairs, "a")
                        .ofGroup("g")
                        .rewarded(0.5)
                        .demonstrated()
                        .joined(),
                1_000);

        assertThat(learned()).containsExactly("a");
        assertThat(baselines()).containsExactly(0.0);
        assertThat(advantages()).as("its weight").containsExactly(0.5);
    }

    private void arrive(SamplePolicy policy, String id, String group, double reward) throws Exception {
        harness.processElement(trajectory(policy, id, group, reward), 1_000);
    }

    private static JoinedTrajectory trajectory(SamplePolicy policy, String id, String group, double reward) {
        return SampleTrajectory.of(policy, id).ofGroup(group).rewarded(reward).joined();
    }

    private void passTo(long eventTimeMs) throws Exception {
        harness.processWatermark(new Watermark(eventTimeMs));
        harness.processBroadcastWatermark(new Watermark(eventTimeMs));
    }

    private List<String> learned() {
        return harness.extractOutputValues().stream()
                .map(input -> Objects.requireNonNull(input.trajectory()).trajectoryId())
                .toList();
    }

    private List<Double> advantages() {
        return harness.extractOutputValues().stream()
                .map(WorkerInput::advantage)
                .toList();
    }

    private List<Double> baselines() {
        return harness.extractOutputValues().stream().map(WorkerInput::baseline).toList();
    }

    private List<DeadLetter> deadLetters() {
        Queue<StreamRecord<DeadLetter>> records = harness.getSideOutput(DeadLetters.TAG);
        return records == null
                ? List.of()
                : records.stream().map(StreamRecord::getValue).toList();
    }
}

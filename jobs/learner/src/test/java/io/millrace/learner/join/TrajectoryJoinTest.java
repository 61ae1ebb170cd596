package io.millrace.learner.join;

import static io.millrace.learner.join.JoinFixture.EARLY_MS;
import static io.millrace.learner.join.JoinFixture.START_MS;
import static io.millrace.learner.join.JoinFixture.WINDOW_MS;
import static io.millrace.learner.join.JoinFixture.generation;
import static io.millrace.learner.join.JoinFixture.reward;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.control.Control;
import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.RecordCodec;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrajectoryJoinTest {

    private KeyedBroadcastOperatorTestHarness<String, RawRecord, Control, JoinedTrajectory> harness;

    @BeforeEach
    void start() throws Exception {
        harness = open(null);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void emitsDefaultRewardWhenTheWindowCloses() throws Exception {
        apply("\"default-reward\": 0.5");
        send(generation("t", 0, true, START_MS));
        harness.watermark(START_MS + WINDOW_MS - 1);
        assertThat(harness.extractOutputValues()).isEmpty();
        harness.watermark(START_MS + WINDOW_MS);
        assertThat(harness.extractOutputValues())
                .singleElement()
                .satisfies(joined -> assertThat(joined.reward()).isEqualTo(0.5));
    }

    @Test
    void movesTheWindowWithTheLastStep() throws Exception {
        apply("\"default-reward\": 0.5");
        send(generation("t", 0, false, START_MS));
        send(generation("t", 1, true, START_MS + 30_000));
        harness.watermark(START_MS + WINDOW_MS);
        assertThat(harness.extractOutputValues()).isEmpty();
        harness.watermark(START_MS + 30_000 + WINDOW_MS);
        assertThat(harness.extractOutputValues()).hasSize(1);
    }

    @Test
    void keepsATombstoneUntilTheWindowEndsAndNothingAfter() throws Exception {
        apply("");
        send(generation("t", 0, true, START_MS));
        send(reward("t", "r1", 1, START_MS));
        assertThat(stateEntries()).isEqualTo(1);
        send(reward("t", "r1", 1, START_MS));
        send(reward("t", "r2", 1, START_MS));
        assertThat(reasons()).containsExactly(DeadLetterReason.LATE);
        harness.watermark(START_MS + WINDOW_MS);
        assertThat(stateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void learnsAnOutputOnceThoughItComesAgainWhenItsTombstoneIsGone() throws Exception {
        apply("\"default-reward\": 0.5");
        RawRecord step = generation("t", 0, true, START_MS);
        send(step);
        harness.watermark(START_MS + WINDOW_MS);
        assertThat(stateEntries()).isZero();

        send(JoinFixture.again(step, START_MS + WINDOW_MS + 1));
        harness.watermark(START_MS + 3 * WINDOW_MS);

        assertThat(harness.extractOutputValues()).hasSize(1);
        assertThat(reasons()).containsExactly(DeadLetterReason.LATE);
        assertThat(stateEntries()).isZero();
    }

    @Test
    void forgetsTheRewardsThatWaitedForAnOutputThatIsLate() throws Exception {
        apply("");
        harness.watermark(START_MS + WINDOW_MS);
        send(reward("t", "r1", 1, START_MS + WINDOW_MS));
        assertThat(stateEntries()).isEqualTo(1);

        send(generation("t", 0, true, START_MS));
        assertThat(stateEntries()).isZero();
        harness.watermark(START_MS + 3 * WINDOW_MS);

        assertThat(reasons()).containsExactly(DeadLetterReason.LATE, DeadLetterReason.LATE);
    }

    @Test
    void setsOneTimerForATrajectory() throws Exception {
        apply("");
        send(generation("t", 0, true, START_MS));
        send(reward("t", "r1", 1, START_MS));
        send(reward("t", "r1", 1, START_MS));
        assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    }

    @Test
    void refusesAnEarlyRewardWhoseGenerationNeverComes() throws Exception {
        apply("");
        send(reward("t", "r1", 1, START_MS));
        harness.watermark(START_MS + EARLY_MS);
        assertThat(reasons()).containsExactly(DeadLetterReason.UNMATCHED);
        assertThat(stateEntries()).isZero();
    }

    @Test
    void joinsRecordsThatCameBeforeTheirPolicy() throws Exception {
        send(generation("t", 0, true, START_MS));
        send(reward("t", "r1", 1, START_MS));
        assertThat(harness.extractOutputValues()).isEmpty();
        apply("");
        harness.setProcessingTime(START_MS + 300);
        assertThat(harness.extractOutputValues()).hasSize(1);
        assertThat(reasons()).isEmpty();
    }

    @Test
    void refusesRecordsOfAPolicyThatNeverComesAndForgetsThem() throws Exception {
        send(generation("t", 0, true, START_MS));
        for (long ms = 250; ms <= JoinFixture.GRACE_MS + 250; ms += 250) {
            harness.setProcessingTime(START_MS + ms);
        }
        assertThat(reasons()).containsExactly(DeadLetterReason.UNKNOWN_POLICY);
        assertThat(stateEntries()).isZero();
    }

    @Test
    void deadLettersCarryTheirOriginWhole() throws Exception {
        apply("");
        var poison = new RawRecord(RawRecord.Kind.REWARD, "t", new byte[] {9, 9, 9}, 3, 77, START_MS);
        send(poison);
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getOriginTopic()).isEqualTo("millrace.rewards.v1");
            assertThat(letter.getOriginPartition()).isEqualTo(3);
            assertThat(letter.getOriginOffset()).isEqualTo(77);
            assertThat(letter.getOriginalValue().array()).isEqualTo(poison.value());
            assertThat(letter.getOriginalSize()).isEqualTo(3);
        });
    }

    @Test
    void goesOnAfterARestoreAsIfNothingHadHappened() throws Exception {
        apply("");
        send(generation("open", 0, true, START_MS));
        send(generation("done", 0, true, START_MS));
        send(reward("done", "r1", 1, START_MS));
        send(reward("early", "r1", 1, START_MS));
        OperatorSubtaskState state = harness.snapshot(1, START_MS);
        harness.close();
        harness = open(state);
        send(reward("open", "r1", 0.3, START_MS + 5));
        send(reward("done", "r1", 1, START_MS + 6));
        send(reward("done", "r2", 1, START_MS + 7));
        send(generation("early", 0, true, START_MS + 8));
        assertThat(harness.extractOutputValues().stream().map(JoinedTrajectory::trajectoryId))
                .containsExactly("open", "early");
        assertThat(reasons()).containsExactly(DeadLetterReason.LATE);
        harness.watermark(START_MS + 2 * WINDOW_MS);
        assertThat(stateEntries()).isZero();
    }

    @Test
    void followsTheNewestRevisionOnly() throws Exception {
        apply("\"default-reward\": 0.5");
        PolicySpec older = JoinFixture.spec("\"default-reward\": 0.1");
        older.setRevision(0);
        broadcast(older);
        send(generation("t", 0, true, START_MS));
        harness.watermark(START_MS + WINDOW_MS);
        assertThat(harness.extractOutputValues().get(0).reward()).isEqualTo(0.5);
    }

    @Test
    void keepsTheLastGoodSpecificationAfterABadOneAndARestore() throws Exception {
        apply("");
        PolicySpec bad = JoinFixture.spec("");
        bad.setRevision(2);
        bad.setSpecification("{\"policy\": \"spell\"}");
        broadcast(bad);
        OperatorSubtaskState state = harness.snapshot(1, START_MS);
        harness.close();
        harness = open(state);
        send(generation("t", 0, true, START_MS));
        send(reward("t", "r1", 1, START_MS));
        assertThat(harness.extractOutputValues()).hasSize(1);
    }

    private int stateEntries() {
        KeyedStateBackend<?> backend = harness.getOperator().getKeyedStateBackend();
        return ((HeapKeyedStateBackend<?>) backend).numKeyValueStateEntries();
    }

    private static KeyedBroadcastOperatorTestHarness<String, RawRecord, Control, JoinedTrajectory> open(
            @Nullable OperatorSubtaskState state) throws Exception {
        var settings = new JoinSettings(
                "millrace", 4, 100_000, Duration.ofMinutes(5), Duration.ofMillis(JoinFixture.GRACE_MS));
        var operator =
                new CoBroadcastWithKeyedOperator<>(new TrajectoryJoin(settings), List.of(TrajectoryJoin.POLICIES));
        var opened = new KeyedBroadcastOperatorTestHarness<>(operator, RawRecord::key, Types.STRING, 1, 1, 0);
        if (state != null) {
            opened.initializeState(state);
        }
        opened.open();
        opened.setProcessingTime(START_MS);
        return opened;
    }

    private void apply(String join) throws Exception {
        broadcast(JoinFixture.spec(join));
    }

    private void broadcast(PolicySpec spec) throws Exception {
        byte[] bytes = RecordCodec.of(PolicySpec.class).encode(spec);
        harness.processBroadcastElement(new Control(Control.Kind.POLICY, bytes), START_MS);
    }

    private void send(RawRecord record) throws Exception {
        harness.processElement(record, record.timestamp());
    }

    private List<DeadLetter> deadLetters() {
        var side = harness.getSideOutput(DeadLetters.TAG);
        return side == null
                ? List.of()
                : side.stream().map(StreamRecord::getValue).toList();
    }

    private List<DeadLetterReason> reasons() {
        return deadLetters().stream().map(DeadLetter::getReason).toList();
    }
}

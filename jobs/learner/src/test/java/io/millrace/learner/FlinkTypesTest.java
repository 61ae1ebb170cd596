package io.millrace.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learner.advantage.OpenGroup;
import io.millrace.learner.control.Control;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.learner.fixture.Serialized;
import io.millrace.learner.gradient.WorkerInput;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.learner.join.OpenTrajectory;
import io.millrace.learner.join.StoredReward;
import io.millrace.learner.join.StoredStep;
import io.millrace.learner.parameters.LineageHeader;
import io.millrace.policy.gradient.RunningAverage;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything in flight or in state has a serializer that Flink knows how to evolve: Kryo never sneaks in. */
class FlinkTypesTest {

    private static final RawRecord RECORD =
            new RawRecord(RawRecord.Kind.REWARD, "t", new byte[] {1, -2}, 3, 1L << 40, 1_000);

    private final SamplePolicy pick = SamplePolicy.choice("pick");

    @ParameterizedTest
    @ValueSource(
            classes = {
                RawRecord.class,
                OpenTrajectory.class,
                StoredStep.class,
                StoredReward.class,
                JoinedTrajectory.class,
                WorkerInput.class,
                Control.class,
                RunningAverage.class,
                OpenGroup.class,
                LineageHeader.class
            })
    void isSerialisedWithoutKryo(Class<?> type) {
        assertThatCode(() -> serializer(type)).doesNotThrowAnyException();
    }

    @Test
    void noticesATypeThatOnlyKryoCouldWrite() {
        assertThatThrownBy(() -> serializer(Optional.class)).hasMessageContaining("treated as a generic type");
    }

    @Test
    void keepsRecords() {
        assertKept(RawRecord.class, RECORD);
        assertKept(Control.class, new Control(Control.Kind.PARAMETERS, new byte[] {7}));
        assertKept(RunningAverage.class, new RunningAverage(3, 0.5, Double.MIN_VALUE));
    }

    @Test
    void keepsTheStateOfTheJoin() {
        var open = new OpenTrajectory();
        open.segment = "de";
        open.steps.add(new StoredStep(0, true, false, 900, 1, RECORD));
        open.rewards.add(new StoredReward(5, StoredReward.WHOLE_TRAJECTORY, "score", 0.5, false, 1_000, RECORD));
        open.rewardIds = new long[] {5, Long.MIN_VALUE};
        open.deadlineMs = 2_000;
        open.waiting.add(RECORD);
        open.waitingUntilMs = 3_000;

        assertKept(OpenTrajectory.class, open);
        assertKept(OpenTrajectory.class, new OpenTrajectory());
    }

    @Test
    void keepsWhatFlowsToTheWorkers() {
        JoinedTrajectory trajectory = SampleTrajectory.of(pick, "t").in("de").joined();

        assertKept(JoinedTrajectory.class, trajectory);
        assertKept(WorkerInput.class, WorkerInput.learn(trajectory, 0.25, 0.75));
        assertKept(WorkerInput.class, WorkerInput.follow(new Control(Control.Kind.POLICY, new byte[0])));
    }

    @Test
    void keepsTheGroupsThatWait() {
        var group = new OpenGroup();
        group.deadlineMs = 7;
        group.members.add(SampleTrajectory.of(pick, "t").ofGroup("g").joined());
        group.members.add(SampleTrajectory.of(pick, "u").demonstrated().joined());

        assertKept(OpenGroup.class, group);
    }

    @Test
    void keepsTheStateOfTheServer() {
        assertKept(LineageHeader.class, new LineageHeader(pick.spec(3), 1, 2, -3, 4, 5, 64, 2, 1, "undo"));
    }

    private static <T> void assertKept(Class<T> type, T value) {
        T back = Serialized.roundTrip(serializer(type), value);
        assertThat(back).isNotSameAs(value).usingRecursiveComparison().isEqualTo(value);
    }

    private static <T> TypeSerializer<T> serializer(Class<T> type) {
        var config = new SerializerConfigImpl(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
        return TypeInformation.of(type).createSerializer(config);
    }
}

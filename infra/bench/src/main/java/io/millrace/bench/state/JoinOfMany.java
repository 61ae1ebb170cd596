package io.millrace.bench.state;

import io.millrace.learner.control.Control;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.learner.join.JoinSettings;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.learner.join.TrajectoryJoin;
import io.millrace.learner.options.LearnerOptions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.RecordCodec;
import io.millrace.schemas.wire.Topics;
import java.time.Instant;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** The learner's join, its events from a {@link Tape} and no Kafka: what a trajectory in state costs, and nothing else. */
final class JoinOfMany {

    private JoinOfMany() {}

    static void build(StreamExecutionEnvironment env, PolicyDefinition policy, long open) {
        var tape = new Tape(policy.policy(), open);
        BroadcastStream<Control> policies = env.fromData(
                        TypeInformation.of(Control.class), new Control(Control.Kind.POLICY, specification(policy)))
                .broadcast(TrajectoryJoin.POLICIES);
        env.fromSequence(0, Long.MAX_VALUE - 1)
                .flatMap(new Play(tape))
                .returns(TypeInformation.of(RawRecord.class))
                .keyBy(RawRecord::key, Types.STRING)
                .connect(policies)
                .process(new TrajectoryJoin(settings()))
                .returns(TypeInformation.of(JoinedTrajectory.class))
                .map(new Count())
                .returns(TypeInformation.of(JoinedTrajectory.class))
                .sinkTo(new DiscardingSink<>());
    }

    private static byte[] specification(PolicyDefinition policy) {
        return RecordCodec.of(PolicySpec.class)
                .encode(PolicySpec.newBuilder()
                        .setPolicy(policy.policy())
                        .setRevision(1)
                        .setSpecification(policy.toJson())
                        .setAppliedAt(Instant.now())
                        .build());
    }

    private static JoinSettings settings() {
        return new JoinSettings(
                Topics.DEFAULT_PREFIX,
                LearnerOptions.LANES.defaultValue(),
                LearnerOptions.MAX_RECORD_BYTES.defaultValue(),
                LearnerOptions.CLOCK_SKEW.defaultValue(),
                LearnerOptions.UNKNOWN_POLICY_GRACE.defaultValue());
    }

    /** Takes its input for the ticks of a clock: a source that stood still would keep checkpoints from passing. */
    private static final class Play implements FlatMapFunction<Long, RawRecord> {

        private static final long serialVersionUID = 1L;

        private final Tape tape;
        private long position;

        Play(Tape tape) {
            this.tape = tape;
        }

        @Override
        public void flatMap(Long tick, Collector<RawRecord> out) throws InterruptedException {
            if (Gate.pass(position)) {
                out.collect(tape.event(position));
                position++;
            }
        }
    }

    private static final class Count implements MapFunction<JoinedTrajectory, JoinedTrajectory> {

        private static final long serialVersionUID = 1L;

        @Override
        public JoinedTrajectory map(JoinedTrajectory trajectory) {
            Gate.count();
            return trajectory;
        }
    }
}

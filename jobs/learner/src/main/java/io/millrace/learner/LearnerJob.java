package io.millrace.learner;

import io.millrace.learner.advantage.Advantage;
import io.millrace.learner.control.Control;
import io.millrace.learner.control.LearnerFence;
import io.millrace.learner.control.PolicySpecReader;
import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.gradient.GradientWorker;
import io.millrace.learner.gradient.PartialGradient;
import io.millrace.learner.gradient.PartialGradientType;
import io.millrace.learner.gradient.WorkerInput;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.learner.join.JoinSettings;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.learner.join.TrajectoryJoin;
import io.millrace.learner.options.LearnerOptions;
import io.millrace.learner.parameters.FrozenReferences;
import io.millrace.learner.parameters.KafkaPublishedSnapshots;
import io.millrace.learner.parameters.ParameterServer;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The whole job, top to bottom:
 *
 * <pre>
 * generations ─┐                                                  policies ─┐
 * rewards ─────┴ by trajectory → TrajectoryJoin → by lane → Advantage ⛓ GradientWorker → by policy → ParameterServer
 *                                                                  ▲ parameters                          │
 *                                                                  └──────────── Kafka ◄─────────────────┘
 * </pre>
 *
 * <p>Policies and parameters are broadcast; what cannot be used leaves every operator by the dead-letter side output.
 */
public final class LearnerJob {

    private LearnerJob() {}

    /** Adds the job to an environment. */
    public static void build(StreamExecutionEnvironment env, LearnerOptions options) {
        env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
        String learner = UUID.randomUUID().toString();
        var kafka = new KafkaEnds(options);
        var published = new KafkaPublishedSnapshots(options.topics().snapshots().name(), options.kafka());

        DataStream<RawRecord> events = kafka.generations(env).union(kafka.rewards(env));
        DataStream<Control> policies = kafka.policies(env);
        DataStream<Control> parameters = kafka.parameters(env)
                .process(new LearnerFence(learner), TypeInformation.of(Control.class))
                .name("LearnerFence")
                .uid(OperatorIds.LEARNER_FENCE);

        SingleOutputStreamOperator<JoinedTrajectory> joined = events.keyBy(RawRecord::key, Types.STRING)
                .connect(policies.broadcast(TrajectoryJoin.POLICIES))
                .process(new TrajectoryJoin(joinSettings(options)))
                .name("TrajectoryJoin")
                .uid(OperatorIds.TRAJECTORY_JOIN);

        BroadcastStream<Control> control = policies.union(parameters).broadcast(Advantage.NO_STATE);
        SingleOutputStreamOperator<WorkerInput> advantages = joined.keyBy(JoinedTrajectory::lane, Types.STRING)
                .connect(control)
                .process(new Advantage(options.baselineTimeToLive()))
                .name("Advantage")
                .uid(OperatorIds.ADVANTAGE);

        SingleOutputStreamOperator<PartialGradient> gradients = advantages
                .transform(
                        "GradientWorker",
                        new PartialGradientType(),
                        new GradientWorker(options.maxHeldTrajectories(), new FrozenReferences(published)))
                .uid(OperatorIds.GRADIENT_WORKER);

        SingleOutputStreamOperator<PolicySpec> specs = policies.process(
                        new PolicySpecReader(options.topics().policies().name()), new AvroTypeInfo<>(PolicySpec.class))
                .name("PolicySpecs")
                .uid(OperatorIds.POLICY_SPECS);

        SingleOutputStreamOperator<ParameterUpdate> updates = gradients
                .keyBy(PartialGradient::policy, Types.STRING)
                .connect(specs.keyBy(PolicySpec::getPolicy, Types.STRING))
                .transform("ParameterServer", new AvroTypeInfo<>(ParameterUpdate.class), new ParameterServer(published))
                .uid(OperatorIds.PARAMETER_SERVER);

        DataStream<DeadLetter> deadLetters = joined.getSideOutput(DeadLetters.TAG)
                .union(
                        specs.getSideOutput(DeadLetters.TAG),
                        advantages.getSideOutput(DeadLetters.TAG),
                        gradients.getSideOutput(DeadLetters.TAG),
                        updates.getSideOutput(DeadLetters.TAG));

        kafka.sinkParameters(updates, learner);
        kafka.sinkSnapshots(updates.getSideOutput(ParameterServer.SNAPSHOTS));
        kafka.sinkDeadLetters(deadLetters);
    }

    private static JoinSettings joinSettings(LearnerOptions options) {
        return new JoinSettings(
                options.topics().prefix(),
                options.lanes(),
                options.maxRecordBytes(),
                options.clockSkew(),
                options.unknownPolicyGrace());
    }
}

package io.millrace.learner.parameters;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.deadletter.Origin;
import io.millrace.learner.gradient.LearnedTrajectories;
import io.millrace.learner.gradient.PartialGradient;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The single writer of θ, keyed by policy: partial gradients and specifications in, parameter updates out.
 *
 * <p>θ and the optimizer's moments live in memory; before each checkpoint barrier the current batch is learned and
 * published, and the chunks that changed are written to keyed state. So a checkpoint always is a published version.
 *
 * <p>A restore rewinds θ: every restored policy opens an epoch higher than any it can have used and publishes a snapshot
 * first. A policy without state goes on from its last published snapshot; only one that was never published begins at θ₀.
 */
public final class ParameterServer extends AbstractStreamOperator<ParameterUpdate>
        implements TwoInputStreamOperator<PartialGradient, PolicySpec, ParameterUpdate> {

    private static final long serialVersionUID = 1L;

    static {
        // Flink restores state, and reads from the network, with Avro's own reader, in a JVM that may be new.
        RecordCodec.trust(PolicySpec.class);
    }

    /** Snapshots for the compacted topic. */
    public static final OutputTag<ParameterSnapshot> SNAPSHOTS =
            new OutputTag<>("snapshots", new AvroTypeInfo<>(ParameterSnapshot.class));

    private static final String HEADER_STATE = "lineage";
    private static final String VECTOR_STATE = "vectors";
    private static final String VALUE_STATE = "counterfactual-values";

    private final PublishedSnapshots published;

    private transient Map<String, HostedPolicy> policies;
    private transient ValueState<@Nullable LineageHeader> headers;
    private transient MapState<Integer, VectorChunk> chunks;
    private transient MapState<String, double[]> values;
    private transient PolicyOpening opening;

    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before anything else
    public ParameterServer(PublishedSnapshots published) {
        this.published = published;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        policies = new HashMap<>();
        opening = new PolicyOpening(published);
        headers = context.getKeyedStateStore()
                .getState(new ValueStateDescriptor<>(HEADER_STATE, TypeInformation.of(LineageHeader.class)));
        chunks = context.getKeyedStateStore()
                .getMapState(
                        new MapStateDescriptor<>(VECTOR_STATE, IntSerializer.INSTANCE, VectorChunkSerializer.INSTANCE));
        values = context.getKeyedStateStore()
                .getMapState(new MapStateDescriptor<>(
                        VALUE_STATE, Types.STRING, PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
        if (context.isRestored()) {
            restore();
        }
    }

    private void restore() throws Exception {
        List<String> keys;
        try (Stream<String> stored =
                this.<String>getKeyedStateBackend().getKeys(HEADER_STATE, VoidNamespace.INSTANCE)) {
            keys = stored.toList();
        }
        for (String policy : keys) {
            setCurrentKey(policy);
            LineageHeader header = headers.value();
            if (header != null) {
                PolicyLearner learner = opening.restored(header, chunks.entries(), now());
                for (Map.Entry<String, double[]> target : values.entries()) {
                    learner.values().read(target.getKey(), target.getValue());
                }
                host(learner, header.nextSlot(), header.lastCommand());
            }
        }
    }

    private HostedPolicy host(PolicyLearner learner, int nextSlot, String lastCommand) {
        var hosted = new HostedPolicy(learner, nextSlot, lastCommand, this, getMetricGroup());
        policies.put(learner.known().name(), hosted);
        return hosted;
    }

    @Override
    public void open() throws Exception {
        super.open();
        policies.values().forEach(policy -> at(now(), policy::open));
    }

    @Override
    public void processElement1(StreamRecord<PartialGradient> element) {
        HostedPolicy policy = policies.get(element.getValue().policy());
        if (policy == null) {
            throw new IllegalStateException("Gradient of policy '"
                    + element.getValue().policy() + "' without its parameters: workers get them from here");
        }
        policy.accept(element.getValue());
    }

    @Override
    public void processElement2(StreamRecord<PolicySpec> element) {
        PolicySpec spec = element.getValue();
        try {
            HostedPolicy policy = policies.get(spec.getPolicy());
            if (policy == null) {
                if (!spec.getDeleted()) {
                    create(KnownPolicy.of(spec));
                }
            } else if (KnownPolicy.supersedes(spec, policy.learner().known().spec())) {
                policy.follow(KnownPolicy.of(spec), opening);
            }
        } catch (IllegalArgumentException e) {
            refuse(spec, String.valueOf(e.getMessage()));
        }
    }

    /** A command that the last learner has followed is not repeated; one that fails leaves the policy as it was. */
    private void create(KnownPolicy known) {
        List<ParameterSnapshot> reference = opening.references().freeze(known);
        PolicyOpening.Opened opened = opening.fresh(known, now());
        HostedPolicy policy = host(opened.learner(), opened.nextSlot(), "");
        if (opened.followed() < known.revision()) {
            try {
                policy.obey(opening);
            } catch (IllegalArgumentException e) {
                refuse(known.spec(), String.valueOf(e.getMessage()));
            }
        }
        emitSnapshots(reference);
        policy.open();
    }

    private void refuse(PolicySpec spec, String detail) {
        LOG.warn("Policy '{}' revision {} refused: {}", spec.getPolicy(), spec.getRevision(), detail);
        byte[] text = spec.getSpecification().getBytes(StandardCharsets.UTF_8);
        deadLetter(
                DeadLetterReason.POLICY_REFUSED,
                detail,
                spec.getPolicy(),
                new Origin("", -1, -1, spec.getAppliedAt().toEpochMilli(), spec.getPolicy(), text));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        for (HostedPolicy policy : policies.values()) {
            policy.settle();
            setCurrentKey(policy.learner().known().name());
            Vectors vectors = policy.learner().vectors();
            int perVector = vectors.chunks().count();
            vectors.writeDirty(
                    (vector, chunk, values) -> chunks.put(vector * perVector + chunk, new VectorChunk(values)));
            Map<String, double[]> sums = new HashMap<>();
            policy.learner().values().write(sums::put);
            values.putAll(sums);
            headers.update(policy.header());
        }
    }

    @Override
    public void finish() throws Exception {
        policies.values().forEach(HostedPolicy::settle);
        super.finish();
    }

    void emit(List<ParameterUpdate> updates) {
        updates.forEach(update -> output.collect(new StreamRecord<>(update)));
    }

    void emitSnapshots(List<ParameterSnapshot> snapshots) {
        snapshots.forEach(snapshot -> output.collect(SNAPSHOTS, new StreamRecord<>(snapshot)));
    }

    void refuse(PolicyLearner.GuardTrip trip, String policy) {
        for (LearnedTrajectories trajectories : trip.trajectories()) {
            for (String id : trajectories.ids()) {
                deadLetter(DeadLetterReason.GUARD, trip.detail(), policy, Origin.ofTrajectory(id));
            }
        }
    }

    /** Says that θ was rolled back; no record is to blame. */
    void notice(String detail, String policy) {
        LOG.warn("Policy '{}': {}", policy, detail);
        deadLetter(DeadLetterReason.GUARD, detail, policy, Origin.ofPolicy(policy));
    }

    private void deadLetter(DeadLetterReason reason, String detail, String policy, Origin origin) {
        output.collect(
                DeadLetters.TAG,
                new StreamRecord<>(DeadLetters.of(reason, detail, policy, origin, Instant.ofEpochMilli(now()))));
    }

    /** Runs in the task's own thread, at a processing time. */
    void at(long timeMs, Runnable action) {
        // What the timer throws fails the task; its future has nothing to add.
        var unused = getProcessingTimeService().registerTimer(timeMs, time -> action.run());
    }

    long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }
}

package io.millrace.learner.join;

import io.millrace.learner.control.Control;
import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.control.PolicyCatalog;
import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.RecordCodec;
import io.millrace.schemas.wire.UndecodableException;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins generated outputs with their delayed rewards, keyed by trajectory.
 *
 * <p>A trajectory is emitted once, by its policy's completion: at the first reward, at a last mark, or when the reward
 * window has closed. Rewards may come before their generation, twice, or never. After emission a tombstone stays until the
 * window's end, so that what still comes is known as a duplicate or as late; a generation that comes later still is refused as
 * late. Whatever cannot be used goes to dead letters.
 *
 * <p>The rules are in {@link JoinRules}; this class keeps their state and sets their timers: one event-time timer at the
 * deadline, which the tombstone shares, and for records of a policy unknown so far a processing-time one.
 */
public final class TrajectoryJoin extends KeyedBroadcastProcessFunction<String, RawRecord, Control, JoinedTrajectory> {

    private static final long serialVersionUID = 1L;

    static {
        // Flink restores state, and reads from the network, with Avro's own reader, in a JVM that may be new.
        RecordCodec.trust(PolicySpec.class);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TrajectoryJoin.class);

    /** How often records of an unknown policy are looked at again; milliseconds. */
    private static final long UNKNOWN_POLICY_RETRY_MS = 250;

    /** Broadcast state: the newest specification of every policy. */
    public static final MapStateDescriptor<String, PolicySpec> POLICIES =
            new MapStateDescriptor<>("policies", Types.STRING, new AvroTypeInfo<>(PolicySpec.class));

    private final JoinSettings settings;

    private transient ValueState<@Nullable OpenTrajectory> trajectories;
    private transient PolicyCatalog policies;
    private transient boolean policiesLoaded;
    private transient JoinRules rules;
    private transient JoinOutlet outlet;
    private transient JoinMetrics metrics;
    private transient RecordCodec<PolicySpec> specCodec;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    public TrajectoryJoin(JoinSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        trajectories = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("trajectory", TypeInformation.of(OpenTrajectory.class)));
        policies = PolicyCatalog.keepingModels();
        policiesLoaded = false;
        metrics = new JoinMetrics(getRuntimeContext().getMetricGroup());
        outlet = new JoinOutlet();
        rules = new JoinRules(new Intake(policies, settings.maxRecordBytes(), settings.clockSkew()), outlet, settings);
        specCodec = RecordCodec.of(PolicySpec.class);
    }

    @Override
    public void processElement(RawRecord record, ReadOnlyContext context, Collector<JoinedTrajectory> out)
            throws Exception {
        loadPolicies(context.getBroadcastState(POLICIES));
        OpenTrajectory known = trajectories.value();
        OpenTrajectory trajectory = known == null ? new OpenTrajectory() : known;
        metrics.count(record.kind());
        long deadlineMs = trajectory.deadlineMs;
        boolean waited = !trajectory.waiting.isEmpty();
        outlet.direct(context, out);
        rules.take(context.getCurrentKey(), record, trajectory, time(context));
        if (trajectory.deadlineMs > deadlineMs) {
            context.timerService().registerEventTimeTimer(trajectory.deadlineMs);
        }
        if (!waited && !trajectory.waiting.isEmpty()) {
            retryLater(context);
        }
        if (!trajectory.isBlank()) {
            trajectories.update(trajectory);
        } else if (known != null) {
            trajectories.clear();
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<JoinedTrajectory> out) throws Exception {
        loadPolicies(context.getBroadcastState(POLICIES));
        OpenTrajectory trajectory = trajectories.value();
        if (trajectory == null) {
            return;
        }
        outlet.direct(context, out);
        long deadlineMs = trajectory.deadlineMs;
        switch (context.timeDomain()) {
            case PROCESSING_TIME -> {
                rules.retryWaiting(context.getCurrentKey(), trajectory, time(context));
                if (!trajectory.waiting.isEmpty()) {
                    retryLater(context);
                }
                if (trajectory.deadlineMs > deadlineMs) {
                    context.timerService().registerEventTimeTimer(trajectory.deadlineMs);
                }
            }
            case EVENT_TIME -> {
                if (timestamp < deadlineMs) {
                    return; // the deadline has moved, and has a timer of its own
                }
                rules.close(context.getCurrentKey(), trajectory, context.currentProcessingTime());
                trajectory.forget();
            }
        }
        if (trajectory.isBlank()) {
            trajectories.clear();
        } else {
            trajectories.update(trajectory);
        }
    }

    private static JoinTime time(ReadOnlyContext context) {
        return new JoinTime(context.currentProcessingTime(), context.currentWatermark());
    }

    private static void retryLater(ReadOnlyContext context) {
        context.timerService().registerProcessingTimeTimer(context.currentProcessingTime() + UNKNOWN_POLICY_RETRY_MS);
    }

    @Override
    public void processBroadcastElement(Control control, Context context, Collector<JoinedTrajectory> out)
            throws Exception {
        if (control.kind() != Control.Kind.POLICY) {
            return;
        }
        var state = context.getBroadcastState(POLICIES);
        loadPolicies(state);
        try {
            PolicySpec spec = specCodec.decode(control.value());
            PolicySpec known = state.get(spec.getPolicy());
            boolean newer = known == null || KnownPolicy.supersedes(spec, known);
            // One that cannot be followed must not hide, after a restore, the last one that can.
            if (newer && (policies.accept(spec).isPresent() || spec.getDeleted())) {
                state.put(spec.getPolicy(), spec);
            }
        } catch (UndecodableException e) {
            LOG.warn("Specification ignored: {}", e.getMessage());
        }
    }

    private void loadPolicies(ReadOnlyBroadcastState<String, PolicySpec> state) throws Exception {
        if (!policiesLoaded) {
            for (Map.Entry<String, PolicySpec> entry : state.immutableEntries()) {
                policies.accept(entry.getValue());
            }
            policiesLoaded = true;
        }
    }

    /** Sends what the rules decide to where the current call's output goes, and counts it. */
    private final class JoinOutlet implements JoinRules.Outlet {

        private @Nullable ReadOnlyContext context;
        private @Nullable Collector<JoinedTrajectory> out;

        void direct(ReadOnlyContext context, Collector<JoinedTrajectory> out) {
            this.context = context;
            this.out = out;
        }

        @Override
        public void emit(JoinedTrajectory trajectory) {
            if (out != null) {
                out.collect(trajectory);
            }
            metrics.completed(trajectory.policy());
            (trajectory.defaulted() ? metrics.trajectoriesDefaulted : metrics.trajectoriesJoined).inc();
        }

        @Override
        public void skip() {
            metrics.trajectoriesSkipped.inc();
        }

        @Override
        public void duplicate() {
            metrics.duplicatesDropped.inc();
        }

        @Override
        public void refuse(DeadLetterReason reason, String detail, String policy, RawRecord record) {
            metrics.deadLetters.inc();
            if (context != null) {
                String topic = settings.topicOf(record.kind());
                Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
                context.output(
                        DeadLetters.TAG,
                        DeadLetters.of(reason, detail, policy.isEmpty() ? null : policy, record.origin(topic), now));
            }
        }
    }
}

package io.millrace.learner.gradient;

import io.millrace.learner.control.Control;
import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.control.PolicyCatalog;
import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.deadletter.Origin;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.parameters.Parameters;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.RecordCodec;
import io.millrace.schemas.wire.UndecodableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns trajectories into partial gradients: (1/m) Σ is the server's, Σ over a micro-batch is this operator's.
 *
 * <p>Holds θ in a {@link ParameterReplica}, fed by the parameter topic like any serving replica; θ is not in its state.
 * Batches close by count or age, and always before a checkpoint barrier ({@link #prepareSnapshotPreBarrier}), so a batch is
 * never in state either. Trajectories that came before θ are held, and those are checkpointed.
 */
public final class GradientWorker extends AbstractStreamOperator<PartialGradient>
        implements OneInputStreamOperator<WorkerInput, PartialGradient>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    static {
        // Flink restores state, and reads from the network, with Avro's own reader, in a JVM that may be new.
        RecordCodec.trust(PolicySpec.class);
    }

    private static final Logger LOG = LoggerFactory.getLogger(GradientWorker.class);

    private final int maxHeld;
    private final ReferenceParameters references;

    private transient Map<String, PolicyWorker> workers;
    private transient Map<String, List<WorkerInput>> unknown;
    private transient UpdateFollowing updates;
    private transient BatchFlushing batches;
    private transient PolicyCatalog policies;
    private transient BroadcastState<String, PolicySpec> specs;
    private transient ListState<WorkerInput> heldState;
    private transient RecordCodec<PolicySpec> specCodec;
    private transient RecordCodec<ParameterUpdate> updateCodec;
    private transient Counter refused;
    private transient Counter undecodable;

    /**
     * A worker of all policies.
     *
     * @param maxHeld trajectories that may wait for parameters, or for a paused policy, in one instance
     * @param references of the policies that are held near an earlier version of theirs
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before anything else
    public GradientWorker(int maxHeld, ReferenceParameters references) {
        this.maxHeld = maxHeld;
        this.references = references;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        workers = new HashMap<>();
        unknown = new HashMap<>();
        policies = PolicyCatalog.following();
        specs = context.getOperatorStateStore()
                .getBroadcastState(new MapStateDescriptor<>(
                        "worker-policies", Types.STRING, new AvroTypeInfo<>(PolicySpec.class)));
        heldState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("held-trajectories", TypeInformation.of(WorkerInput.class)));
    }

    @Override
    public void open() throws Exception {
        super.open();
        specCodec = RecordCodec.of(PolicySpec.class);
        updateCodec = RecordCodec.of(ParameterUpdate.class);
        var group = getMetricGroup().addGroup("millrace");
        var time = getProcessingTimeService();
        batches = new BatchFlushing(new Gradients(group.counter("batches")), time);
        updates = new UpdateFollowing(workers, time, this::moved);
        refused = group.counter("trajectoriesRefused");
        undecodable = group.counter("controlRecordsUndecodable");
        group.gauge("trajectoriesHeld", this::heldTrajectories);
        for (Map.Entry<String, PolicySpec> entry : specs.immutableEntries()) {
            policies.accept(entry.getValue()).ifPresent(this::start);
        }
        for (WorkerInput held : heldState.get()) {
            take(held);
        }
    }

    private int heldTrajectories() {
        int sum = 0;
        for (PolicyWorker worker : workers.values()) {
            sum += worker.held().size();
        }
        for (List<WorkerInput> held : unknown.values()) {
            sum += held.size();
        }
        return sum;
    }

    @Override
    public void processElement(StreamRecord<WorkerInput> element) throws Exception {
        WorkerInput input = element.getValue();
        Control control = input.control();
        if (control == null) {
            take(input);
            return;
        }
        try {
            switch (control.kind()) {
                case POLICY -> follow(specCodec.decode(control.value()));
                case PARAMETERS -> updates.follow(updateCodec.decode(control.value()));
            }
        } catch (UndecodableException e) {
            undecodable.inc();
            LOG.warn("Control record ignored: {}", e.getMessage());
        }
    }

    private void take(WorkerInput input) {
        JoinedTrajectory trajectory = input.trajectory();
        if (trajectory == null) {
            return;
        }
        PolicyWorker worker = workers.get(trajectory.policy());
        if (worker != null && !worker.isBlocked()) {
            batches.learn(worker, input, trajectory);
        } else if (heldTrajectories() >= maxHeld) {
            refuse(
                    trajectory,
                    DeadLetterReason.GUARD,
                    "held: expected at most " + maxHeld
                            + " trajectories that wait for parameters or for a paused policy,"
                            + " found one more; resume the policy, or raise millrace.max-held-trajectories");
        } else if (worker == null) {
            unknown.computeIfAbsent(trajectory.policy(), name -> new ArrayList<>())
                    .add(input);
        } else {
            worker.held().add(input);
        }
    }

    private void refuse(JoinedTrajectory trajectory, DeadLetterReason reason, String detail) {
        refused.inc();
        Instant now = Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
        output.collect(
                DeadLetters.TAG,
                new StreamRecord<>(DeadLetters.of(
                        reason, detail, trajectory.policy(), Origin.ofTrajectory(trajectory.trajectoryId()), now)));
    }

    /** Keeps only what it follows: a restored worker must not begin with what the job refused. */
    private void follow(PolicySpec spec) throws Exception {
        PolicySpec stored = specs.get(spec.getPolicy());
        boolean newer = stored == null || KnownPolicy.supersedes(spec, stored);
        boolean followed = policies.accept(spec).map(this::start).orElse(spec.getDeleted());
        if (newer && followed) {
            specs.put(spec.getPolicy(), spec);
        }
    }

    /**
     * False when its reference is kept nowhere, or it has learned with another model, or its kind fails: the server refuses all
     * of them, and none must end the job.
     */
    private boolean start(KnownPolicy known) {
        try {
            return startOrFollow(known, KlReference.of(known, references));
        } catch (IllegalArgumentException e) {
            LOG.warn("Policy '{}' revision {} not followed: {}", known.name(), known.revision(), e.getMessage());
            return false;
        }
    }

    private boolean startOrFollow(KnownPolicy known, Optional<Parameters> reference) {
        PolicyWorker worker = workers.get(known.name());
        if (worker == null) {
            var begun = new PolicyWorker(known, reference, this::refuse);
            List<WorkerInput> waiting = unknown.remove(known.name());
            begin(begun, waiting == null ? List.of() : waiting);
        } else if (worker.hasModelOf(known)) {
            batches.flush(worker);
            worker.follow(known, reference);
            release(worker);
        } else if (!worker.replica().ready()) {
            begin(new PolicyWorker(known, reference, this::refuse), List.copyOf(worker.held()));
        } else {
            return false;
        }
        return true;
    }

    private void begin(PolicyWorker worker, List<WorkerInput> waiting) {
        KnownPolicy known = worker.known();
        if (workers.put(known.name(), worker) == null) {
            MetricGroup group = getMetricGroup().addGroup("millrace").addGroup("policy", known.name());
            group.gauge("appliedEpoch", () -> applied(known.name()).epoch());
            group.gauge("appliedVersion", () -> applied(known.name()).version());
        }
        updates.followOrphansOf(known.name());
        waiting.forEach(this::take);
    }

    private ParameterReplica applied(String policy) {
        return Objects.requireNonNull(workers.get(policy)).replica();
    }

    /** θ has moved. */
    private void moved(PolicyWorker worker) {
        batches.passAgain(worker);
        release(worker);
    }

    private void release(PolicyWorker worker) {
        while (!worker.isBlocked() && !worker.held().isEmpty()) {
            take(worker.held().remove());
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        for (PolicyWorker worker : workers.values()) {
            batches.flush(worker);
            worker.endPasses();
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<WorkerInput> held = new ArrayList<>();
        workers.values().forEach(worker -> held.addAll(worker.held()));
        unknown.values().forEach(held::addAll);
        heldState.update(held);
    }

    @Override
    public void endInput() {
        workers.values().forEach(batches::flush);
    }

    /** Where gradients go, and trajectories of which there is none. */
    private final class Gradients implements BatchFlushing.Outlet {

        private final StreamRecord<PartialGradient> record = new StreamRecord<>(null);
        private final Counter emitted;

        Gradients(Counter emitted) {
            this.emitted = emitted;
        }

        @Override
        public void emitBatch(PartialGradient gradient) {
            output.collect(record.replace(gradient));
            emitted.inc();
        }

        @Override
        public void emitPass(PartialGradient gradient) {
            output.collect(record.replace(gradient));
        }

        @Override
        public void refuse(JoinedTrajectory trajectory, DeadLetterReason reason, String detail) {
            GradientWorker.this.refuse(trajectory, reason, detail);
        }
    }
}

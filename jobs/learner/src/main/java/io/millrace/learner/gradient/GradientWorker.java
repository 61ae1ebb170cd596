package io.millrace.learner.gradient;

import io.millrace.learner.control.Control;
import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.control.PolicyCatalog;
import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.deadletter.Origin;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.wire.UpdateReader;
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

    private static final Logger LOG = LoggerFactory.getLogger(GradientWorker.class);

    /** How long updates may be unfit before the job restarts; milliseconds. */
    private static final long HEALING_MS = 10_000;

    private final int maxHeld;

    private transient Map<String, PolicyWorker> workers;
    private transient Map<String, List<WorkerInput>> unknown;
    private transient OrphanedUpdates orphans;
    private transient PolicyCatalog policies;
    private transient BroadcastState<String, PolicySpec> specs;
    private transient ListState<WorkerInput> heldState;
    private transient RecordCodec<PolicySpec> specCodec;
    private transient RecordCodec<ParameterUpdate> updateCodec;
    private transient StreamRecord<PartialGradient> outRecord;
    private transient Counter batches;
    private transient Counter refused;
    private transient Counter undecodable;

    /** @param maxHeld trajectories that may wait for parameters, or for a paused policy, in one instance */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before anything else
    public GradientWorker(int maxHeld) {
        this.maxHeld = maxHeld;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        workers = new HashMap<>();
        unknown = new HashMap<>();
        orphans = new OrphanedUpdates();
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
        outRecord = new StreamRecord<>(null);
        var group = getMetricGroup().addGroup("millrace");
        batches = group.counter("batches");
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
                case PARAMETERS -> follow(updateCodec.decode(control.value()));
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
            learn(worker, input, trajectory);
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

    private void learn(PolicyWorker worker, WorkerInput input, JoinedTrajectory trajectory) {
        boolean first = worker.batchSize() == 0;
        worker.add(input, trajectory);
        if (worker.isFull()) {
            flush(worker);
        } else if (first && worker.batchSize() > 0) {
            long due = worker.startAge(getProcessingTimeService().getCurrentProcessingTime());
            // What the timer throws fails the task; its future has nothing to add.
            var unused = getProcessingTimeService().registerTimer(due, time -> flushOld(worker, time));
        }
    }

    /** The batch that a timer was set for may be gone, and a younger one in its place. */
    private void flushOld(PolicyWorker worker, long nowMs) {
        if (worker.batchDueMs() <= nowMs) {
            flush(worker);
        }
    }

    private void flush(PolicyWorker worker) {
        if (worker.batchSize() == 0) {
            return;
        }
        List<WorkerInput> inputs = worker.batched();
        PartialGradient gradient;
        try {
            gradient = worker.flush();
        } catch (RuntimeException e) {
            flushOneByOne(worker, inputs, e);
            return;
        }
        output.collect(outRecord.replace(gradient));
        batches.inc();
    }

    /** One trajectory that cannot be learned from must not take the others with it, nor the job. */
    private void flushOneByOne(PolicyWorker worker, List<WorkerInput> inputs, RuntimeException failure) {
        for (WorkerInput input : inputs) {
            JoinedTrajectory trajectory = input.trajectory();
            if (trajectory == null) {
                continue;
            }
            if (inputs.size() == 1) {
                LOG.warn("Trajectory '{}' cannot be learned from", trajectory.trajectoryId(), failure);
                refuse(
                        trajectory,
                        DeadLetterReason.GUARD,
                        "gradient: expected finite numbers, found none: " + failure.getMessage());
                return;
            }
            worker.add(input, trajectory);
            flush(worker);
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

    /** False when the policy cannot be learned so, which the server refuses: a kind that fails must not end the job. */
    private boolean start(KnownPolicy known) {
        try {
            return startOrFollow(known);
        } catch (InvalidInputException e) {
            LOG.warn("Policy '{}' revision {} not followed: {}", known.name(), known.revision(), e.getMessage());
            return false;
        }
    }

    /** False when the policy has learned with another model, which the server goes on with. */
    private boolean startOrFollow(KnownPolicy known) {
        PolicyWorker worker = workers.get(known.name());
        if (worker == null) {
            var begun = new PolicyWorker(known, this::refuse);
            List<WorkerInput> waiting = unknown.remove(known.name());
            begin(begun, waiting == null ? List.of() : waiting);
        } else if (worker.hasModelOf(known)) {
            flush(worker);
            worker.follow(known);
            release(worker);
        } else if (!worker.replica().ready()) {
            begin(new PolicyWorker(known, this::refuse), List.copyOf(worker.held()));
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
        orphans.remove(known.name()).forEach(this::follow);
        waiting.forEach(this::take);
    }

    private ParameterReplica applied(String policy) {
        return Objects.requireNonNull(workers.get(policy)).replica();
    }

    private void follow(ParameterUpdate update) {
        PolicyWorker worker = workers.get(update.getPolicy());
        if (worker == null || !worker.replica().ready()) {
            orphans.add(update);
        }
        if (worker == null) {
            return;
        }
        ParameterReplica replica = worker.replica();
        switch (replica.offer(UpdateReader.chunk(update))) {
            case APPLIED -> {
                orphans.forget(update.getPolicy());
                passAgain(worker);
                release(worker);
            }
            case GAP, CORRUPT -> {
                if (replica.ready()) {
                    LOG.warn("{}", replica.lastProblem());
                    awaitHealing(worker);
                }
            }
            case PARTIAL, IGNORED -> {}
        }
    }

    /**
     * A single stray record must not stop the job: the next real update still fits what is held. Where an update is really
     * missing none fits any more, and only a new epoch's snapshot helps.
     */
    private void awaitHealing(PolicyWorker worker) {
        if (worker.awaitsHealing()) {
            return;
        }
        worker.awaitHealing(true);
        long due = getProcessingTimeService().getCurrentProcessingTime() + HEALING_MS;
        // What the timer throws fails the task; its future has nothing to add.
        var unused = getProcessingTimeService().registerTimer(due, time -> {
            worker.awaitHealing(false);
            if (worker.replica().needsResync()) {
                throw new IllegalStateException(
                        "Parameters of policy '" + worker.known().name() + "' cannot be followed: "
                                + worker.replica().lastProblem() + "; the job restarts and publishes a snapshot");
            }
        });
    }

    private void passAgain(PolicyWorker worker) {
        if (!worker.wantsFurtherPasses()) {
            return;
        }
        try {
            worker.passAgain(partial -> output.collect(outRecord.replace(partial)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            // All its trajectories have been learned from once.
            LOG.warn("Policy '{}': further passes dropped: {}", worker.known().name(), e.getMessage());
            worker.endPasses();
        }
    }

    private void release(PolicyWorker worker) {
        while (!worker.isBlocked() && !worker.held().isEmpty()) {
            take(worker.held().remove());
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        for (PolicyWorker worker : workers.values()) {
            flush(worker);
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
        workers.values().forEach(this::flush);
    }
}

package io.millrace.learner;

import io.millrace.learner.advantage.Advantage;
import io.millrace.learner.control.Control;
import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.gradient.GradientWorker;
import io.millrace.learner.gradient.PartialGradient;
import io.millrace.learner.gradient.PartialGradientType;
import io.millrace.learner.gradient.WorkerInput;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.learner.parameters.ParameterServer;
import io.millrace.learner.parameters.PublishedSnapshot;
import io.millrace.learner.parameters.PublishedSnapshots;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.wire.UpdateReader;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.RecordCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * Advantage, worker and server of one policy at parallelism 1, with every update back at the worker before the next
 * trajectory: what the job does when nothing overtakes anything. Its clock stands.
 */
final class ChainedLearner implements AutoCloseable {

    /** What a checkpoint keeps. */
    record Checkpoint(OperatorSubtaskState advantage, OperatorSubtaskState worker, OperatorSubtaskState server) {}

    private static final int MAX_PARALLELISM = 128;

    private final KeyedBroadcastOperatorTestHarness<String, JoinedTrajectory, Control, WorkerInput> advantage;
    private final OneInputStreamOperatorTestHarness<WorkerInput, PartialGradient> worker;
    private final KeyedTwoInputStreamOperatorTestHarness<String, PartialGradient, PolicySpec, ParameterUpdate> server;
    private final ParameterReplica replica;
    private long checkpoints;

    private ChainedLearner(KnownPolicy policy, @Nullable Checkpoint from) throws Exception {
        replica = ParameterReplica.singleThreaded(policy.name(), policy.policy().layout());
        advantage = new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(new Advantage(Duration.ofHours(1)), List.of(Advantage.NO_STATE)),
                JoinedTrajectory::lane,
                Types.STRING,
                MAX_PARALLELISM,
                1,
                0);
        worker = new OneInputStreamOperatorTestHarness<>(
                new GradientWorker(1_000, known -> Optional.empty()), MAX_PARALLELISM, 1, 0);
        server = new KeyedTwoInputStreamOperatorTestHarness<>(
                new ParameterServer(new NothingPublished()),
                PartialGradient::policy,
                PolicySpec::getPolicy,
                Types.STRING,
                MAX_PARALLELISM,
                1,
                0);
        advantage.setup();
        worker.setup(new PartialGradientType().createSerializer(new SerializerConfigImpl()));
        server.setup();
        if (from != null) {
            advantage.initializeState(from.advantage());
            worker.initializeState(from.worker());
            server.initializeState(from.server());
        }
        advantage.open();
        worker.open();
        server.open();
        server.setProcessingTime(1);
    }

    static ChainedLearner start(KnownPolicy policy) throws Exception {
        var learner = new ChainedLearner(policy, null);
        byte[] spec = RecordCodec.of(PolicySpec.class).encode(policy.spec());
        learner.worker.processElement(new StreamRecord<>(WorkerInput.follow(new Control(Control.Kind.POLICY, spec))));
        learner.server.processElement2(new StreamRecord<>(policy.spec()));
        learner.flow();
        return learner;
    }

    static ChainedLearner restore(KnownPolicy policy, Checkpoint from) throws Exception {
        var learner = new ChainedLearner(policy, from);
        learner.flow();
        return learner;
    }

    ChainedLearner learn(List<JoinedTrajectory> trajectories) throws Exception {
        for (JoinedTrajectory trajectory : trajectories) {
            advantage.processElement(trajectory, 1);
            flow();
        }
        return this;
    }

    /** A barrier passes. */
    Checkpoint checkpoint() throws Exception {
        checkpoints++;
        OperatorSubtaskState ofAdvantage = advantage.snapshot(checkpoints, checkpoints);
        worker.prepareSnapshotPreBarrier(checkpoints);
        OperatorSubtaskState ofWorker = worker.snapshot(checkpoints, checkpoints);
        drainWorker();
        server.prepareSnapshotPreBarrier(checkpoints);
        OperatorSubtaskState ofServer = server.snapshot(checkpoints, checkpoints);
        flow();
        return new Checkpoint(ofAdvantage, ofWorker, ofServer);
    }

    /** θ as every replica has it. */
    float[] theta() {
        return replica.read(theta -> theta.values().clone());
    }

    long version() {
        return replica.version();
    }

    /** Until everything has arrived where it goes. */
    private void flow() throws Exception {
        boolean any = true;
        while (any) {
            any = drainAdvantage();
            any |= drainWorker();
            any |= drainServer();
        }
    }

    private boolean drainAdvantage() throws Exception {
        boolean any = false;
        for (WorkerInput input = poll(advantage.getOutput(), WorkerInput.class);
                input != null;
                input = poll(advantage.getOutput(), WorkerInput.class)) {
            worker.processElement(new StreamRecord<>(input));
            any = true;
        }
        return any;
    }

    private boolean drainWorker() throws Exception {
        boolean any = false;
        for (PartialGradient part = poll(worker.getOutput(), PartialGradient.class);
                part != null;
                part = poll(worker.getOutput(), PartialGradient.class)) {
            server.processElement1(new StreamRecord<>(part));
            any = true;
        }
        return any;
    }

    private boolean drainServer() throws Exception {
        boolean any = false;
        for (ParameterUpdate update = poll(server.getOutput(), ParameterUpdate.class);
                update != null;
                update = poll(server.getOutput(), ParameterUpdate.class)) {
            replica.offer(UpdateReader.chunk(update));
            byte[] bytes = RecordCodec.of(ParameterUpdate.class).encode(update);
            worker.processElement(new StreamRecord<>(WorkerInput.follow(new Control(Control.Kind.PARAMETERS, bytes))));
            any = true;
        }
        return any;
    }

    private static <T> @Nullable T poll(Queue<Object> output, Class<T> type) {
        for (Object next = output.poll(); next != null; next = output.poll()) {
            if (next instanceof StreamRecord<?> record) {
                return type.cast(record.getValue());
            }
        }
        return null;
    }

    /** Dies without finishing anything. */
    @Override
    public void close() {
        try {
            advantage.close();
            worker.close();
            server.close();
        } catch (Exception e) {
            throw new AssertionError("the learner did not close", e);
        }
    }

    /** A snapshots topic that nobody needs: the policy has state or is new. */
    private static final class NothingPublished implements PublishedSnapshots {

        private static final long serialVersionUID = 1L;

        @Override
        public OptionalLong newestTorn(String policy) {
            return OptionalLong.empty();
        }

        @Override
        public Optional<PublishedSnapshot> newest(String policy) {
            return Optional.empty();
        }

        @Override
        public Optional<PublishedSnapshot> find(String policy, long epoch, long version) {
            return Optional.empty();
        }

        @Override
        public Optional<PublishedSnapshot> reference(String policy, long version) {
            return Optional.empty();
        }
    }
}

package io.millrace.learner.parameters;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.gradient.PartialGradient;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.wire.UpdateReader;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** A parameter server in Flink's harness, with its snapshots topic and a clock that stands until it is moved. */
final class RunningServer implements AutoCloseable {

    private static final int MAX_PARALLELISM = 128;

    private final KeyedTwoInputStreamOperatorTestHarness<String, PartialGradient, PolicySpec, ParameterUpdate> harness;
    private final KeptSnapshots topic;
    private int checkpoints;
    private int forwarded;

    private RunningServer(KeptSnapshots topic, int parallelism, int subtask) throws Exception {
        this.topic = topic;
        this.harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                new ParameterServer(topic),
                PartialGradient::policy,
                PolicySpec::getPolicy,
                Types.STRING,
                MAX_PARALLELISM,
                parallelism,
                subtask);
    }

    static RunningServer start(KeptSnapshots topic, long nowMs) throws Exception {
        return start(topic, nowMs, null, 1, 0);
    }

    static RunningServer restore(KeptSnapshots topic, long nowMs, OperatorSubtaskState state) throws Exception {
        return start(topic, nowMs, state, 1, 0);
    }

    static RunningServer restoreSubtask(
            KeptSnapshots topic, long nowMs, OperatorSubtaskState state, int parallelism, int subtask)
            throws Exception {
        OperatorSubtaskState part = KeyedTwoInputStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, 1, parallelism, subtask);
        return start(topic, nowMs, part, parallelism, subtask);
    }

    private static RunningServer start(
            KeptSnapshots topic, long nowMs, @Nullable OperatorSubtaskState state, int parallelism, int subtask)
            throws Exception {
        var server = new RunningServer(topic, parallelism, subtask);
        server.harness.setProcessingTime(nowMs);
        server.harness.setup();
        if (state != null) {
            server.harness.initializeState(state);
        }
        server.harness.open();
        server.moveTo(nowMs);
        return server;
    }

    RunningServer apply(PolicySpec spec) throws Exception {
        harness.processElement2(new StreamRecord<>(spec));
        forwardSnapshots();
        return this;
    }

    RunningServer learn(PartialGradient partial) throws Exception {
        harness.processElement1(new StreamRecord<>(partial));
        return this;
    }

    RunningServer moveTo(long nowMs) throws Exception {
        harness.setProcessingTime(nowMs);
        forwardSnapshots();
        return this;
    }

    OperatorSubtaskState checkpoint() throws Exception {
        checkpoints++;
        harness.prepareSnapshotPreBarrier(checkpoints);
        return harness.snapshot(checkpoints, checkpoints);
    }

    void endInputs() throws Exception {
        harness.endAllInputs();
        ((AbstractStreamOperator<?>) harness.getOperator()).finish();
    }

    List<ParameterUpdate> updates() {
        return harness.extractOutputValues();
    }

    ParameterUpdate lastUpdate() {
        List<ParameterUpdate> updates = updates();
        return updates.get(updates.size() - 1);
    }

    List<ParameterSnapshot> snapshots() {
        return side(ParameterServer.SNAPSHOTS);
    }

    List<DeadLetter> deadLetters() {
        return side(DeadLetters.TAG);
    }

    private <T> List<T> side(OutputTag<T> tag) {
        Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
        return records == null
                ? List.of()
                : records.stream().map(StreamRecord::getValue).toList();
    }

    /** What a serving process holds that has followed every update of the policy from the beginning. */
    ParameterReplica replica(KnownPolicy policy) {
        ParameterReplica replica =
                ParameterReplica.singleThreaded(policy.name(), policy.policy().layout());
        for (ParameterUpdate update : updates()) {
            if (update.getPolicy().equals(policy.name())) {
                replica.offer(UpdateReader.chunk(update));
            }
        }
        return replica;
    }

    /** θ of that replica. */
    float[] theta(KnownPolicy policy) {
        return replica(policy).read(theta -> theta.values().clone());
    }

    private void forwardSnapshots() {
        List<ParameterSnapshot> snapshots = snapshots();
        snapshots.subList(forwarded, snapshots.size()).forEach(topic::add);
        forwarded = snapshots.size();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new AssertionError("the server did not close", e);
        }
    }
}

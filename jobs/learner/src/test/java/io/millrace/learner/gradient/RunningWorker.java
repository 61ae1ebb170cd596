package io.millrace.learner.gradient;

import io.millrace.learner.control.Control;
import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.policy.parameters.Checksums;
import io.millrace.policy.parameters.EncodedParameters;
import io.millrace.policy.parameters.SnapshotEncoder;
import io.millrace.policy.parameters.UpdateChunk;
import io.millrace.policy.wire.UpdateWriter;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.RecordCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** A gradient worker in Flink's harness, whose clock stands at 0 until it is moved. */
final class RunningWorker implements AutoCloseable {

    private final OneInputStreamOperatorTestHarness<WorkerInput, PartialGradient> harness;
    private int checkpoints;

    static final int MAX_HELD = 6;

    private RunningWorker(@Nullable OperatorSubtaskState state, ReferenceParameters references) throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new GradientWorker(MAX_HELD, references), 128, 1, 0);
        harness.setup(PartialGradientSerializer.INSTANCE);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    static RunningWorker start() throws Exception {
        return start(policy -> Optional.empty());
    }

    static RunningWorker restore(OperatorSubtaskState state) throws Exception {
        return restore(state, policy -> Optional.empty());
    }

    /** One that finds the references of its policies there. */
    static RunningWorker start(ReferenceParameters references) throws Exception {
        return new RunningWorker(null, references);
    }

    static RunningWorker restore(OperatorSubtaskState state, ReferenceParameters references) throws Exception {
        return new RunningWorker(state, references);
    }

    RunningWorker follow(PolicySpec spec) throws Exception {
        return control(Control.Kind.POLICY, RecordCodec.of(PolicySpec.class).encode(spec));
    }

    RunningWorker follow(ParameterUpdate update) throws Exception {
        return control(
                Control.Kind.PARAMETERS, RecordCodec.of(ParameterUpdate.class).encode(update));
    }

    RunningWorker control(Control.Kind kind, byte[] value) throws Exception {
        harness.processElement(new StreamRecord<>(WorkerInput.follow(new Control(kind, value))));
        return this;
    }

    RunningWorker learn(JoinedTrajectory trajectory, double advantage) throws Exception {
        harness.processElement(
                new StreamRecord<>(WorkerInput.learn(trajectory, trajectory.reward() - advantage, advantage)));
        return this;
    }

    RunningWorker learn(JoinedTrajectory trajectory) throws Exception {
        return learn(trajectory, 0.5);
    }

    RunningWorker moveTo(long nowMs) throws Exception {
        harness.setProcessingTime(nowMs);
        return this;
    }

    void barrier() throws Exception {
        harness.prepareSnapshotPreBarrier(checkpoints);
    }

    OperatorSubtaskState checkpoint() throws Exception {
        checkpoints++;
        barrier();
        return harness.snapshot(checkpoints, checkpoints);
    }

    void endInput() throws Exception {
        harness.endInput();
    }

    List<PartialGradient> gradients() {
        return harness.extractOutputValues();
    }

    /** Ids of the trajectories of each batch so far. */
    List<List<String>> batches() {
        return gradients().stream()
                .map(gradient -> Stream.of(gradient.trajectories().ids()).toList())
                .toList();
    }

    List<DeadLetter> deadLetters() {
        Queue<StreamRecord<DeadLetter>> records = harness.getSideOutput(DeadLetters.TAG);
        return records == null
                ? List.of()
                : records.stream().map(StreamRecord::getValue).toList();
    }

    /** The snapshot of a vector; it is small enough to be one chunk. */
    static ParameterUpdate snapshot(KnownPolicy policy, long epoch, long version, float[] theta) {
        EncodedParameters encoded = SnapshotEncoder.encode(policy.policy().layout(), theta);
        int checksum = Checksums.of(theta);
        return UpdateWriter.update(UpdateChunk.ofSnapshot(policy.name(), epoch, version, encoded, checksum, checksum)
                        .get(0))
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    /** A delta that goes on from {@code base}; whether it can be applied does not matter. */
    static ParameterUpdate deltaFrom(KnownPolicy policy, long epoch, long base) {
        var encoded = new EncodedParameters("delta-sparse-i8", new byte[0]);
        return UpdateWriter.update(UpdateChunk.ofDelta(policy.name(), epoch, base + 1, base, encoded, 0)
                        .get(0))
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new AssertionError("the worker did not close", e);
        }
    }
}

package io.millrace.bench;

import io.millrace.policy.parameters.DeltaEncoder;
import io.millrace.policy.parameters.EncodedParameters;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.parameters.SnapshotEncoder;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.parameters.UpdateChunk;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Parameters on their way from the learner to a replica: a delta of 18,000 of 131,072 rows of 49, and a whole snapshot.
 *
 * <p>Each operation takes a millisecond or more, which is what makes a set-up for each of them harmless.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DeltaBenchmark {

    /** The learner's end, with a step that waits to be published. */
    @State(Scope.Thread)
    public static class Learner {
        private final SplittableRandom random = new SplittableRandom(1);
        private final float[] theta = Vectors.dense(Vectors.LAYOUT, 1, random);
        private final SparseRows step = Vectors.sparse(1e-3f, random);
        private final GradientAccumulator pending = new GradientAccumulator(Vectors.LAYOUT);
        private final DeltaEncoder encoder = new DeltaEncoder(Vectors.LAYOUT);

        @Setup(Level.Invocation)
        public void takeStep() {
            // What the last encoding lost is still pending, as it is in the learner.
            pending.add(step);
        }
    }

    /** θ to be published whole. */
    @State(Scope.Thread)
    public static class Snapshot {
        private final float[] theta = Vectors.dense(Vectors.LAYOUT, 1, new SplittableRandom(1));
    }

    /** Replicas, and the delta that comes next. */
    @State(Scope.Thread)
    public static class DeltaToApply {
        private final Updates updates = new Updates();
        private final ParameterReplica concurrent = ParameterReplica.concurrent(Updates.POLICY, Vectors.LAYOUT);
        private final ParameterReplica singleThreaded = ParameterReplica.singleThreaded(Updates.POLICY, Vectors.LAYOUT);
        private List<UpdateChunk> next = List.of();

        @Setup
        public void open() {
            List<UpdateChunk> first = updates.nextSnapshot();
            Updates.apply(first, concurrent);
            Updates.apply(first, singleThreaded);
        }

        @Setup(Level.Invocation)
        public void publish() {
            next = updates.nextDelta();
        }
    }

    /** A replica, and the snapshot that comes next. */
    @State(Scope.Thread)
    public static class SnapshotToApply {
        private final Updates updates = new Updates();
        private final ParameterReplica replica = ParameterReplica.concurrent(Updates.POLICY, Vectors.LAYOUT);
        private List<UpdateChunk> next = List.of();

        @Setup(Level.Invocation)
        public void publish() {
            next = updates.nextSnapshot();
        }
    }

    /** Quantises the step, adds it to θ as replicas will decode it, keeps the residual. */
    @Benchmark
    public EncodedParameters encodeDelta(Learner learner) {
        return learner.encoder.encode(learner.pending, learner.theta);
    }

    /** In a serving process: added to both copies. */
    @Benchmark
    public void applyDeltaConcurrent(DeltaToApply delta) {
        Updates.apply(delta.next, delta.concurrent);
    }

    /** At a worker of the job: added to its one copy. */
    @Benchmark
    public void applyDeltaSingleThreaded(DeltaToApply delta) {
        Updates.apply(delta.next, delta.singleThreaded);
    }

    /** 25.7 MB of θ. */
    @Benchmark
    public EncodedParameters encodeSnapshot(Snapshot snapshot) {
        return SnapshotEncoder.encode(Vectors.LAYOUT, snapshot.theta);
    }

    @Benchmark
    public void applySnapshotConcurrent(SnapshotToApply snapshot) {
        Updates.apply(snapshot.next, snapshot.replica);
    }
}

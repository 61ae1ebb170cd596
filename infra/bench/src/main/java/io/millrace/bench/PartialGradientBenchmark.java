package io.millrace.bench;

import io.millrace.learner.gradient.BatchTotals;
import io.millrace.learner.gradient.LearnedTrajectories;
import io.millrace.learner.gradient.PartialGradient;
import io.millrace.learner.gradient.PartialGradientSerializer;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.parameters.SparseRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Gradients of 18,000 rows of 49 and 512 trajectories on their way from the workers to the parameter server, which adds them up. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PartialGradientBenchmark {

    private static final int TRAJECTORIES = 512;
    private static final int ROOM_BYTES = 1 << 22;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<SparseRows> gradients =
            List.of(Vectors.sparse(1, random), Vectors.sparse(1, random), Vectors.sparse(1, random));
    private final PartialGradient partial = new PartialGradient(
            "pronounce", gradients.get(0), new BatchStatistics(), new BatchTotals(), trajectories());
    private final PartialGradientSerializer serializer = new PartialGradientSerializer();
    private final DataOutputSerializer out = new DataOutputSerializer(ROOM_BYTES);
    private final byte[] bytes = serialized(serializer, partial);
    private final DataInputDeserializer in = new DataInputDeserializer();

    private static LearnedTrajectories trajectories() {
        String[] ids = IntStream.range(0, TRAJECTORIES)
                .mapToObj("0197b3c2-5f0e-7d64-9c1a-%012d"::formatted)
                .toArray(String[]::new);
        long[] timesMs = new long[TRAJECTORIES];
        Arrays.fill(timesMs, 1_767_225_600_000L);
        return new LearnedTrajectories(ids, timesMs, timesMs, timesMs);
    }

    private static byte[] serialized(PartialGradientSerializer serializer, PartialGradient partial) {
        try {
            var out = new DataOutputSerializer(ROOM_BYTES);
            serializer.serialize(partial, out);
            return out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException("serializing into memory failed", e);
        }
    }

    @Benchmark
    public DataOutputSerializer serialize() throws IOException {
        out.clear();
        serializer.serialize(partial, out);
        return out;
    }

    @Benchmark
    public PartialGradient deserialize() throws IOException {
        in.setBuffer(bytes);
        return serializer.deserialize(in);
    }

    /** Three workers' gradients into one. */
    @Benchmark
    public SparseRows sumOfThree() {
        return SparseRows.sum(gradients);
    }
}

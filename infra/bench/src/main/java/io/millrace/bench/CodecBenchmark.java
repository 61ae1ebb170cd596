package io.millrace.bench;

import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Prompt;
import io.millrace.policy.wire.GenerationReader;
import io.millrace.policy.wire.GenerationWriter;
import io.millrace.schemas.Generation;
import io.millrace.schemas.wire.RecordCodec;
import io.millrace.schemas.wire.UndecodableException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A generation, the pronunciation of a nine-letter word, to the bytes of its record and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    private final RecordCodec<Generation> codec = RecordCodec.of(Generation.class);
    private final Prompt prompt = new Prompt.Tokens(List.of("different".split("")));
    private final Learning learning = new Learning(Resources.policy("pronounce"), List.of(prompt));
    private final Generation generation = generation();
    private final byte[] bytes = codec.encode(generation);

    private Generation generation() {
        Context context = learning.context(0);
        Generation.Builder record = Generation.newBuilder()
                .setPolicy("pronounce")
                .setTrajectoryId("0197b3c2-5f0e-7d64-9c1a-3f5e8a2b7c90")
                .setStep(0)
                .setLast(true)
                .setProducedAt(Instant.ofEpochMilli(1_767_225_600_000L))
                .setParametersEpoch(1)
                .setParametersVersion(1_000)
                .setSegment("9")
                .setReplica("replica-1");
        GenerationWriter.write(prompt, context, learning.generate(0), record);
        return record.build();
    }

    @Benchmark
    public byte[] encode() {
        return codec.encode(generation);
    }

    @Benchmark
    public Generation decode() throws UndecodableException {
        return codec.decode(bytes);
    }

    /** As a worker of the learner does: from bytes to what the gradient takes. */
    @Benchmark
    public Decision decodeToDecision() throws UndecodableException {
        return GenerationReader.decision(codec.decode(bytes));
    }
}

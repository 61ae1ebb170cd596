package io.millrace.bench;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Generated;
import io.millrace.policy.Prompt;
import io.millrace.policy.Scores;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.parameters.SparseRows;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The pronunciation policy: spelling to phonemes, one of some two hundred words after the other. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TransducerBenchmark {

    private final List<Prompt> prompts = Resources.words().stream()
            .<Prompt>map(word -> new Prompt.Tokens(List.of(word.split(""))))
            .toList();
    private final Learning learning = new Learning(Resources.policy("pronounce"), prompts);
    private final Batch batch = learning.batch();
    private int next;

    /** What the application gives, as indices. */
    @Benchmark
    public Context encodeWord() {
        return learning.policy().encode(prompts.get(nextWord()));
    }

    /** Samples the pronunciation of one word. */
    @Benchmark
    public Generated generateWord() {
        return learning.generate(nextWord());
    }

    /** The log-probs of what was decided in one batch of 512 words. */
    @Benchmark
    public Scores scoreOfBatch() {
        return learning.score(batch);
    }

    /** The gradient of one batch of 512 words, as a worker sends it on. */
    @Benchmark
    public SparseRows gradientOfBatch() {
        return learning.gradient(batch, new BatchStatistics());
    }

    private int nextWord() {
        next = next + 1 < prompts.size() ? next + 1 : 0;
        return next;
    }
}

package io.millrace.bench;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Generated;
import io.millrace.policy.Prompt;
import io.millrace.policy.Scores;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.parameters.SparseRows;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The bandit's policy: one of ten candidates, each with three features, under four shared ones. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChoiceBenchmark {

    private static final int PROMPTS = 64;
    private static final int CANDIDATES = 10;

    private final List<Prompt> prompts =
            IntStream.range(0, PROMPTS).mapToObj(ChoiceBenchmark::prompt).toList();
    private final Learning learning = new Learning(Resources.policy("bandit"), prompts);
    private final Batch batch = learning.batch();
    private int next;

    private static Prompt prompt(int user) {
        Map<String, Float> shared =
                Map.of("bias", 1f, "hour", user % 24 / 24f, "country=" + user % 7, 1f, "device=" + user % 3, 1f);
        List<Prompt.Option> options = IntStream.range(0, CANDIDATES)
                .mapToObj(arm -> new Prompt.Option(
                        "arm-" + arm, Map.of("price", arm / 10f, "genre=" + arm % 4, 1f, "age", (arm + user) % 5 / 5f)))
                .toList();
        return new Prompt.Choice(shared, options);
    }

    /** What the application gives, hashed. */
    @Benchmark
    public Context encodeChoice() {
        return learning.policy().encode(prompts.get(nextPrompt()));
    }

    /** Chooses one of ten. */
    @Benchmark
    public Generated choose() {
        return learning.generate(nextPrompt());
    }

    /** The log-probs of what was decided in one batch of 256 choices. */
    @Benchmark
    public Scores scoreOfBatch() {
        return learning.score(batch);
    }

    /** The gradient of one batch of 256 choices, as a worker sends it on. */
    @Benchmark
    public SparseRows gradientOfBatch() {
        return learning.gradient(batch, new BatchStatistics());
    }

    private int nextPrompt() {
        next = next + 1 < PROMPTS ? next + 1 : 0;
        return next;
    }
}

package io.millrace.bench;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A seq2seq on spellings, 256 words a batch, each with an output about as long as the word. The goal of its gradient:
 * {@link #productsOfGradient} takes at least 40% of {@link #gradientOfBatch}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Seq2SeqBenchmark {

    private static final int OUTPUT_TOKENS = 39;
    private static final int GROUPS = 64;
    private static final int GROUP = 4;

    private final PolicyDefinition definition = Resources.policy("spell");
    private final Policy policy = Policies.create(definition);
    private final List<Context> contexts = Resources.words().stream()
            .map(word -> policy.encode(new Prompt.Tokens(List.of(word.split("")))))
            .toList();
    private final SplittableRandom random = new SplittableRandom(1);
    private final float[] values = new float[policy.layout().size()];
    private final Parameters theta = new Parameters(values, 1, 1);
    private final GradientAccumulator gradient = new GradientAccumulator(policy.layout());
    private final Scores scores = new Scores();
    private final Generated generated = new Generated();
    private final List<Generated> groups =
            Stream.generate(Generated::new).limit(GROUPS * GROUP).toList();
    private final Batch batch = new Batch();
    private final Seq2SeqProducts products;
    private int next;

    public Seq2SeqBenchmark() {
        policy.initialize(values, 7);
        int inputs = 0;
        for (int i = 0; i < definition.batch().trajectories(); i++) {
            Context.Tokens word = (Context.Tokens) contexts.get(i % contexts.size());
            int[] actions =
                    random.ints(word.tokens().length + 1, 0, OUTPUT_TOKENS).toArray();
            actions[actions.length - 1] = OUTPUT_TOKENS;
            batch.add(Trajectory.of(new Decision(word, actions, new float[actions.length])), random.nextDouble(-1, 1));
            inputs += word.tokens().length + 1;
        }
        products = new Seq2SeqProducts(policy.layout(), inputs, batch.actions());
    }

    /** Writes an output of the same length for one word. */
    @Benchmark
    public Generated generateWord() {
        next = next + 1 < contexts.size() ? next + 1 : 0;
        policy.generate(theta, contexts.get(next), Sampling.AS_LEARNED, random, generated);
        return generated;
    }

    /** Writes 256 outputs side by side, four of a word; the time is that of one. */
    @Benchmark
    @OperationsPerInvocation(GROUPS * GROUP)
    public List<Generated> generateWordInGroups() {
        next = next + 2 * GROUPS <= contexts.size() ? next + GROUPS : 0;
        policy.generateGroups(theta, contexts.subList(next, next + GROUPS), Sampling.AS_LEARNED, random, groups);
        return groups;
    }

    @Benchmark
    public Scores scoreOfBatch() {
        scores.clear();
        policy.score(theta, batch, scores);
        return scores;
    }

    @Benchmark
    public GradientAccumulator gradientOfBatch() {
        policy.gradient(theta, batch, new ByAdvantage(batch, 0.01), gradient);
        gradient.clear();
        return gradient;
    }

    /** The products of matrices that a gradient takes, and nothing else: the floor. */
    @Benchmark
    public Seq2SeqProducts productsOfGradient() {
        products.gradient();
        return products;
    }

    /** The same of {@link #scoreOfBatch}. */
    @Benchmark
    public Seq2SeqProducts productsOfScore() {
        products.score();
        return products;
    }
}

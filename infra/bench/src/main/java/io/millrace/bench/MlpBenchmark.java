package io.millrace.bench;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An mlp with two hidden layers and heads of their own, on 512 decisions; beside it, the matrix products of that alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MlpBenchmark {

    static final int INPUTS = 8;
    static final int ACTIONS = 4;
    static final int ROWS = 512;

    /** Units of each of the two hidden layers. */
    @Param({"64", "256"})
    private int hidden;

    private final Scores scores = new Scores();
    private final Generated generated = new Generated();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Batch batch = new Batch();
    private Task task = Task.of(64);
    private MlpProducts products = new MlpProducts(64);

    @Setup
    public void setUp() {
        task = Task.of(hidden);
        products = new MlpProducts(hidden);
        batch.clear();
        for (int i = 0; i < ROWS; i++) {
            var decision = new Decision(new Context.Dense(state()), new int[] {i % ACTIONS}, new float[] {-1});
            batch.add(Trajectory.of(decision), 1);
        }
    }

    /** The action for one state. */
    @Benchmark
    public Generated generate() {
        Context context = batch.trajectory(0).decisions().get(0).context();
        task.policy.generate(task.theta, context, Sampling.AS_LEARNED, random, generated);
        return generated;
    }

    @Benchmark
    public Scores scoreOfBatch() {
        scores.clear();
        task.policy.score(task.theta, batch, scores);
        return scores;
    }

    @Benchmark
    public GradientAccumulator gradientOfBatch() {
        task.policy.gradient(task.theta, batch, HALF, task.gradient);
        return task.gradient;
    }

    /** The matrix products of {@link #scoreOfBatch}. */
    @Benchmark
    public MlpProducts productsOfScore() {
        products.forward();
        return products;
    }

    /** The matrix products of {@link #gradientOfBatch}. */
    @Benchmark
    public MlpProducts productsOfGradient() {
        products.forward();
        products.backward();
        return products;
    }

    private float[] state() {
        float[] state = new float[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            state[i] = (float) random.nextDouble(-1, 1);
        }
        return state;
    }

    private static final Weighting HALF = new Weighting() {
        @Override
        public void weigh(int trajectory, ActionScores seen, ActionWeights weights) {
            for (int i = 0; i < seen.length(); i++) {
                weights.setPolicy(i, 0.5f - seen.value(i));
                weights.setValue(i, 0.5f);
            }
        }

        @Override
        public double entropyBonus(int trajectory) {
            return 0.01;
        }
    };

    /** A policy at its start. */
    private record Task(Policy policy, Parameters theta, GradientAccumulator gradient) {

        static Task of(int hidden) {
            Policy policy = Policies.create(PolicyDefinition.parse("""
                    {"policy": "control", "kind": "mlp",
                     "model": {"inputs": %d, "actions": ["a", "b", "c", "d"], "hidden": [%d, %d]}}
                    """.formatted(INPUTS, hidden, hidden)));
            float[] theta = new float[policy.layout().size()];
            policy.initialize(theta, 7);
            return new Task(policy, new Parameters(theta, 1, 1), new GradientAccumulator(policy.layout()));
        }
    }
}

package io.millrace.bench;

import io.millrace.policy.optimizer.Optimizer;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.spec.OptimizerSpec;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A step of the pronunciation policy's optimizer, AdaGrad, on a gradient of 18,000 of 131,072 rows of 49. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OptimizerBenchmark {

    private final OptimizerSpec spec = Resources.policy("pronounce").optimizer();
    private final Optimizer optimizer = Optimizer.of(spec, Vectors.LAYOUT);
    private final SparseRows gradient = Vectors.sparse(1, new SplittableRandom(1));
    private final float[][] moments = new float[optimizer.moments()][Vectors.LAYOUT.size()];
    private final GradientAccumulator pending = new GradientAccumulator(Vectors.LAYOUT);
    private long step;

    @Benchmark
    public GradientAccumulator adaGradStep() {
        step++;
        optimizer.step(gradient, 1f / 512, moments, step, pending);
        return pending;
    }
}

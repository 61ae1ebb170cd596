package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

class BenchmarksTest {

    /** Measures nothing: a benchmark that throws, or whose updates are not applied, fails the run. */
    @Test
    void everyBenchmarkRunsOnce() throws RunnerException {
        Options once = new OptionsBuilder()
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();

        Collection<RunResult> results = new Runner(once).run();

        assertThat(results)
                .extracting(result -> result.getParams().getBenchmark().replaceFirst("io\\.millrace\\.bench\\.", ""))
                // One of a name for each value of its parameter.
                .containsExactlyInAnyOrder(
                        "ChoiceBenchmark.choose",
                        "ChoiceBenchmark.encodeChoice",
                        "ChoiceBenchmark.scoreOfBatch",
                        "ChoiceBenchmark.gradientOfBatch",
                        "CodecBenchmark.decode",
                        "CodecBenchmark.decodeToDecision",
                        "CodecBenchmark.encode",
                        "DeltaBenchmark.applyDeltaConcurrent",
                        "DeltaBenchmark.applyDeltaSingleThreaded",
                        "DeltaBenchmark.applySnapshotConcurrent",
                        "DeltaBenchmark.encodeDelta",
                        "DeltaBenchmark.encodeSnapshot",
                        "MlpBenchmark.generate",
                        "MlpBenchmark.generate",
                        "MlpBenchmark.gradientOfBatch",
                        "MlpBenchmark.gradientOfBatch",
                        "MlpBenchmark.productsOfGradient",
                        "MlpBenchmark.productsOfGradient",
                        "MlpBenchmark.productsOfScore",
                        "MlpBenchmark.productsOfScore",
                        "MlpBenchmark.scoreOfBatch",
                        "MlpBenchmark.scoreOfBatch",
                        "OptimizerBenchmark.adaGradStep",
                        "PartialGradientBenchmark.deserialize",
                        "PartialGradientBenchmark.serialize",
                        "PartialGradientBenchmark.sumOfThree",
                        "ReplicaReadBenchmark.alone",
                        "ReplicaReadBenchmark.whileWritten",
                        "Seq2SeqBenchmark.generateWord",
                        "Seq2SeqBenchmark.generateWordInGroups",
                        "Seq2SeqBenchmark.gradientOfBatch",
                        "Seq2SeqBenchmark.productsOfGradient",
                        "Seq2SeqBenchmark.productsOfScore",
                        "Seq2SeqBenchmark.scoreOfBatch",
                        "TransducerBenchmark.encodeWord",
                        "TransducerBenchmark.generateWord",
                        "TransducerBenchmark.scoreOfBatch",
                        "TransducerBenchmark.gradientOfBatch");
    }

    @Test
    void aPatternThatMatchesNothingIsAnError() {
        assertThatThrownBy(() -> Benchmarks.main(new String[] {"NoSuchBenchmark"}))
                .isInstanceOf(NoBenchmarksException.class);
    }
}

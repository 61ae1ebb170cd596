package io.millrace.bench.curves.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.spec.PolicyDefinition;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorridorPipelineIT {

    private static final PolicyDefinition DEFINITION = PolicyDefinition.parse("""
            {"policy": "corridor", "kind": "choice", "seed": 1, "model": {"hash-bits": 12},
             "estimator": {"algorithm": "reinforce", "baseline": "none", "importance-clip": 0,
                           "returns": {"kind": "monte-carlo"}},
             "optimizer": {"kind": "sgd", "learning-rate": 0.0002}, "batch": {"trajectories": 1}}
            """);

    @Test
    void learnsFromEveryWalkWhatMemoryLearns() throws InterruptedException {
        List<PipelineCorridor> runs = new CorridorPipeline(DEFINITION).learn(new long[] {1, 2}, 10);

        assertThat(runs).hasSize(2).allSatisfy(run -> {
            assertThat(run.difference()).isLessThan(1e-3);
            assertThat(run.learned().returns()).hasSize(10);
            assertThat(Arrays.stream(run.learned().returns()).max().orElseThrow())
                    .as("three steps at least")
                    .isLessThanOrEqualTo(-3);
            assertThat(run.learned().probabilityOfRight())
                    .as("it has left where it began")
                    .isNotCloseTo(0.05, within(1e-3));
        });
    }
}

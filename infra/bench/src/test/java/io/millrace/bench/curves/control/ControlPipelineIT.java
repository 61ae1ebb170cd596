package io.millrace.bench.curves.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.report.Measure;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlPipelineIT {

    /** Cut off by its time limit only, so all but what every trajectory begins with hangs on the values of states. */
    private static final ControlTask ECHO = new ControlTask(
            "echo",
            "Echo",
            () -> new Echo(false),
            List.of("0", "1"),
            10_000,
            14,
            List.of(method("a2c", 1), method("ppo", 3)));

    @Test
    void learnsToEchoAsSynchronouslyAsInMemory() throws InterruptedException {
        List<String> progress = new ArrayList<>();

        Findings findings = new ControlPipelineSuite(ECHO).run(new RunLength(0.3), progress::add);

        assertThat(measure(findings, "pipelineRuns").ok()).as("a shorter run").isFalse();
        for (String method : List.of("pipelineA2c", "pipelinePpo")) {
            assertThat(measure(findings, method + "LastReturn").ok()).as(method).isTrue();
            assertThat(measure(findings, method + "Staleness").measured()).isLessThan(1);
            assertThat(measure(findings, method + "Passes").measured()).isBetween(0.8, 1.1);
        }
        assertThat(findings.pictures()).singleElement().satisfies(picture -> {
            assertThat(picture.name()).isEqualTo("echo-pipeline");
            assertThat(picture.series()).hasSize(4);
        });
        assertThat(progress).hasSize(2);
    }

    private static ControlMethod method(String name, int passes) {
        PolicyDefinition definition =
                PolicyDefinition.parse("""
                {"policy": "echo", "kind": "test-linear", "seed": 1, "model": {},
                 "estimator": {"algorithm": "%s", "passes": %d, "baseline": "critic", "importance-level": "token",
                               "returns": {"kind": "gae", "discount": 0.9, "lambda": 0.9}},
                 "optimizer": {"kind": "adam", "learning-rate": 0.05}}
                """.formatted(passes == 1 ? "actor-critic" : "ppo", passes));
        return new ControlMethod(name, name, definition, new Rollouts(4, 6, 1), 20, "the best there is");
    }

    private static Measure measure(Findings findings, String name) {
        return findings.measures().stream()
                .filter(measure -> measure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

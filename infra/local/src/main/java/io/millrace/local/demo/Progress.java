package io.millrace.local.demo;

import io.millrace.local.audit.LineageTree;
import io.millrace.sdk.LagReport;
import io.millrace.simulator.Statistics;
import io.millrace.simulator.world.Example;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a demo stands.
 *
 * @param learnedPerSecond since the progress before
 * @param heldOutError of a sample of held-out situations, a few seconds old at most
 * @param recentLag over the last one to two seconds
 */
public record Progress(
        Duration elapsed,
        Statistics users,
        LineageTree.Head head,
        double learnedPerSecond,
        double heldOutErrorAtStart,
        double heldOutError,
        UpdateLag.Quantiles recentLag,
        List<LagReport.ReplicaLag> replicas,
        Map<String, Long> deadLetters,
        List<Example> examples) {

    long deadLettersTotal() {
        return deadLetters.values().stream().mapToLong(Long::longValue).sum();
    }
}

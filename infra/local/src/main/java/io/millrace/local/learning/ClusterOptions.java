package io.millrace.local.learning;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How Flink runs inside this JVM.
 *
 * @param stateDirectory of checkpoints
 * @param retention what happens to the last checkpoint when the job is stopped
 * @param checkpointEvery time between checkpoints
 * @param bufferTimeout longest wait of a record in a network buffer; zero: none waits
 * @param networkMemoryMegabytes of the buffers between operators
 * @param taskManagers workers, each with one slot; more than the parallelism only to try what happens when one dies
 * @param parallelism of the job
 * @param metricsPort where a Prometheus server finds Flink's metrics; empty: nowhere
 */
public record ClusterOptions(
        Path stateDirectory,
        Retention retention,
        Duration checkpointEvery,
        Duration bufferTimeout,
        int networkMemoryMegabytes,
        int taskManagers,
        int parallelism,
        Optional<Integer> metricsPort) {

    /** What happens to the last checkpoint when the job is stopped. */
    public enum Retention {
        /** The next job on the same directory goes on from it. */
        KEEP,
        DELETE
    }

    public ClusterOptions {
        if (networkMemoryMegabytes < 16) {
            throw new IllegalArgumentException(
                    "network memory: expected 16 MB or more, found " + networkMemoryMegabytes);
        }
        if (parallelism < 1 || parallelism > taskManagers) {
            throw new IllegalArgumentException(
                    "parallelism: expected 1 to " + taskManagers + ", as there are workers, found " + parallelism);
        }
    }

    /** For one machine: low latency, little memory. */
    public static ClusterOptions in(Path stateDirectory, Retention retention) {
        return new ClusterOptions(
                stateDirectory, retention, Duration.ofSeconds(10), Duration.ofMillis(1), 128, 1, 1, Optional.empty());
    }

    /** The same, with its metrics at this port. */
    public ClusterOptions withMetricsAt(Optional<Integer> port) {
        return new ClusterOptions(
                stateDirectory,
                retention,
                checkpointEvery,
                bufferTimeout,
                networkMemoryMegabytes,
                taskManagers,
                parallelism,
                port);
    }
}

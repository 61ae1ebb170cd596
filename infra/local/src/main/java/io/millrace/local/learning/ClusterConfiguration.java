package io.millrace.local.learning;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;

/** Flink's configuration for a cluster that shares its JVM with everything else. */
final class ClusterConfiguration {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String BUFFERS_PER_CHANNEL = "16";
    private static final String FLOATING_BUFFERS_PER_GATE = "256";

    private ClusterConfiguration() {}

    static Configuration of(ClusterOptions options) {
        Configuration configuration = new Configuration();
        smallFootprint(configuration, options);
        lowLatency(configuration, options);
        checkpoints(configuration, options);
        options.metricsPort().ifPresent(port -> metrics(configuration, port));
        return configuration;
    }

    private static void smallFootprint(Configuration configuration, ClusterOptions options) {
        MemorySize network = MemorySize.ofMebiBytes(options.networkMemoryMegabytes());
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        // The heap state backend uses no managed memory.
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1));
        // All of them: the port for job files alone would otherwise be open to everybody who reaches this machine.
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, options.parallelism());
    }

    private static void lowLatency(Configuration configuration, ClusterOptions options) {
        configuration.set(ExecutionOptions.BUFFER_TIMEOUT, options.bufferTimeout());
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        // A partial gradient is some megabytes: with Flink's few buffers a channel its writer and its reader would take
        // turns all the way through it.
        configuration.setString("taskmanager.network.memory.buffers-per-channel", BUFFERS_PER_CHANNEL);
        configuration.setString("taskmanager.network.memory.floating-buffers-per-gate", FLOATING_BUFFERS_PER_GATE);
    }

    /** Listens on every address: Flink's reporter has no other choice. */
    private static void metrics(Configuration configuration, int port) {
        configuration.setString("metrics.reporter.prometheus.factory.class", PrometheusReporterFactory.class.getName());
        configuration.setString("metrics.reporter.prometheus.port", Integer.toString(port));
    }

    private static void checkpoints(Configuration configuration, ClusterOptions options) {
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                options.stateDirectory().toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpointEvery());
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 1);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                options.retention() == ClusterOptions.Retention.KEEP
                        ? ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION
                        : ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofMillis(200));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(10));
    }
}

package io.millrace.bench.state;

import io.millrace.policy.spec.PolicyDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The join with so many trajectories open, in RocksDB with incremental checkpoints, as production should have it. */
final class StateRun {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration CHECKPOINT_PATIENCE = Duration.ofMinutes(10);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final int MANAGED_MEGABYTES = 1024;

    private static final PolicyDefinition POLICY = PolicyDefinition.parse("""
            {"policy": "many", "kind": "choice", "model": {"hash-bits": 12},
             "join": {"completion": "first-reward", "reward-window": "7d", "default-reward": "skip"}}
            """);

    /**
     * @param fillSeconds until all were open
     * @param firstCheckpoint of all that state
     * @param microsPerEvent of generations and rewards in turns, with all of them open
     * @param nextCheckpoint after these events; of incremental checkpoints only what is new is written
     */
    record Result(
            long open,
            double fillSeconds,
            Checkpoint firstCheckpoint,
            double microsPerEvent,
            Checkpoint nextCheckpoint) {}

    /** @param megabytes that it has added to the directory of checkpoints */
    record Checkpoint(double seconds, double megabytes) {}

    private StateRun() {}

    /**
     * @param open trajectories that wait for a reward throughout
     * @param pairs of a new trajectory and the reward of another, measured
     * @param directory for state and checkpoints
     */
    static Result run(long open, long pairs, Path directory) throws Exception {
        Configuration configuration = configuration(directory);
        Gate.reset();
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
        cluster.start();
        try {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
            JoinOfMany.build(env, POLICY, open);
            StreamGraph graph = env.getStreamGraph();
            JobID job = cluster.submitJob(graph).get().getJobID();
            try {
                return measure(cluster, job, open, pairs, directory);
            } finally {
                cluster.cancelJob(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            cluster.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static Result measure(MiniCluster cluster, JobID job, long open, long pairs, Path directory)
            throws InterruptedException, TimeoutException, ExecutionException {
        long filled = new Tape(POLICY.policy(), open).filled();
        Gate.allow(2);
        Gate.awaitJoined(1, PATIENCE);
        long begin = System.nanoTime();
        Gate.allow(filled);
        // Nothing is joined while it fills, which may take long.
        Gate.awaitJoined(2, PATIENCE.plusSeconds(open / 1_000));
        double fillSeconds = seconds(begin);
        Checkpoint first = checkpoint(cluster, job, directory);

        // A tenth to warm up: what was just written lies in memory otherwise.
        Gate.allow(filled + pairs / 10 * 2);
        Gate.awaitJoined(2 + pairs / 10, PATIENCE);
        long measured = System.nanoTime();
        Gate.allow(filled + (pairs / 10 + pairs) * 2);
        Gate.awaitJoined(2 + pairs / 10 + pairs, PATIENCE);
        double micros = 1e6 * seconds(measured) / (2 * pairs);
        return new Result(open, fillSeconds, first, micros, checkpoint(cluster, job, directory));
    }

    private static Checkpoint checkpoint(MiniCluster cluster, JobID job, Path directory)
            throws InterruptedException, ExecutionException, TimeoutException {
        Path checkpoints = directory.resolve("checkpoints");
        long before = bytes(checkpoints);
        long begin = System.nanoTime();
        Object unused = cluster.triggerCheckpoint(job).get(CHECKPOINT_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        double took = seconds(begin);
        return new Checkpoint(took, (bytes(checkpoints) - before) / 1e6);
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    private static long bytes(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).mapToLong(StateRun::size).sum();
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Configuration configuration(Path directory) {
        return new Configuration()
                .set(StateBackendOptions.STATE_BACKEND, "rocksdb")
                .set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true)
                .set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem")
                .set(
                        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                        directory.resolve("checkpoints").toUri().toString())
                .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NEVER)
                // The first is measured, and must not be deleted while the second is.
                .set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2)
                .set(CoreOptions.TMP_DIRS, directory.resolve("work").toString())
                .set(CoreOptions.DEFAULT_PARALLELISM, 1)
                .set(PipelineOptions.OBJECT_REUSE, true)
                .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(MANAGED_MEGABYTES))
                .set(RestOptions.BIND_ADDRESS, "127.0.0.1")
                .set(RestOptions.BIND_PORT, "0");
    }
}

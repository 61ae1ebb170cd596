package io.millrace.local.learning;

import io.millrace.learner.LearnerJob;
import io.millrace.learner.options.LearnerOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The learner job on a Flink cluster inside this JVM. A job that finds a checkpoint of an earlier one in its directory
 * goes on from it, and takes it over: it is deleted when the next one is complete. One thread owns it.
 */
public final class LearnerCluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LearnerCluster.class);
    private static final long PATIENCE_SECONDS = 30;

    private final ClusterOptions options;
    private final MiniCluster cluster;
    private final LearnerCounters counters;
    private @Nullable JobID job;
    private int workersKilled;

    private LearnerCluster(ClusterOptions options, MiniCluster cluster, LearnerCounters counters) {
        this.options = options;
        this.cluster = cluster;
        this.counters = counters;
    }

    /** Starts an empty cluster: {@link #submit} comes next. Takes two or three seconds, and needs no Kafka. */
    public static LearnerCluster start(ClusterOptions options) {
        Configuration configuration = ClusterConfiguration.of(options);
        LearnerCounters counters = LearnerCountersFactory.register(configuration);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(options.taskManagers())
                .setNumSlotsPerTaskManager(1)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
        try {
            cluster.start();
        } catch (Exception e) {
            throw new IllegalStateException("Flink did not start: " + e.getMessage(), e);
        }
        return new LearnerCluster(options, cluster, counters);
    }

    /** Starts the job, from the newest checkpoint in its directory if there is one. */
    public void submit(LearnerOptions learner) {
        Configuration configuration = ClusterConfiguration.of(options);
        RetainedCheckpoint.newestIn(options.stateDirectory())
                .ifPresent(checkpoint -> goOnFrom(checkpoint, RecoveryClaimMode.CLAIM, configuration));
        submit(learner, configuration);
    }

    /** Starts the job from a savepoint, which stays as it is. */
    public void submit(LearnerOptions learner, Path savepoint) {
        Configuration configuration = ClusterConfiguration.of(options);
        goOnFrom(savepoint, RecoveryClaimMode.NO_CLAIM, configuration);
        submit(learner, configuration);
    }

    private void submit(LearnerOptions learner, Configuration configuration) {
        if (job != null) {
            throw new IllegalStateException("the learner job already runs as " + job);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        LearnerJob.build(env, learner);
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(learner.jobName());
        job = answer("submitting the job", cluster.submitJob(graph)).getJobID();
    }

    /** What the job does now. */
    public JobStatus status() {
        return answer("asking for the job's status", cluster.getJobStatus(running()));
    }

    /** Whether the job has ended and nothing will start it again. */
    public boolean hasEnded() {
        return status().isGloballyTerminalState();
    }

    /** Why the job failed last, even if it has been restarted since. */
    public Optional<String> lastFailure() {
        ErrorInfo failure = answer("asking for the job", cluster.getExecutionGraph(running()))
                .getFailureInfo();
        return Optional.ofNullable(failure).map(ErrorInfo::getExceptionAsString);
    }

    /** The newest failure of the job in short, even if it has been restarted since. */
    public Optional<JobFailure> newestFailure() {
        ErrorInfo failure = answer("asking for the job", cluster.getExecutionGraph(running()))
                .getFailureInfo();
        return Optional.ofNullable(failure)
                .map(info -> JobFailure.of(Instant.ofEpochMilli(info.getTimestamp()), info.getExceptionAsString()));
    }

    /** What the job has counted. */
    public LearnerCounters counters() {
        return counters;
    }

    /** Completes a checkpoint now. */
    public void checkpoint() {
        answer("taking a checkpoint", cluster.triggerCheckpoint(running()));
    }

    /**
     * Stops the job with a savepoint that any state backend and any parallelism restores: the way to a new release.
     *
     * @param directory in which the savepoint gets a directory of its own
     * @return that directory
     */
    public Path stopWithSavepoint(Path directory) {
        String savepoint = answer(
                "stopping with a savepoint",
                cluster.stopWithSavepoint(
                        running(), directory.toUri().toString(), false, SavepointFormatType.CANONICAL));
        job = null;
        return Path.of(URI.create(savepoint));
    }

    /** Kills a worker as a crash would, and starts another: the job restores from its last checkpoint. */
    public void killWorker() {
        // Flink keeps the dead in its list, and the living come after them.
        answer("killing a worker", cluster.terminateTaskManager(workersKilled));
        workersKilled++;
        try {
            cluster.startTaskManager();
        } catch (Exception e) {
            throw new IllegalStateException("starting a worker failed: " + e.getMessage(), e);
        }
    }

    /** Stops the job, after a last checkpoint when checkpoints are kept, and the cluster. */
    @Override
    public void close() {
        if (job != null) {
            if (options.retention() == ClusterOptions.Retention.KEEP) {
                quietly("the last checkpoint", cluster.triggerCheckpoint(job));
            }
            quietly("cancelling the job", cluster.cancelJob(job).thenCompose(done -> cluster.requestJobResult(job)));
        }
        quietly("stopping Flink", cluster.closeAsync());
    }

    private static void goOnFrom(Path checkpoint, RecoveryClaimMode mode, Configuration configuration) {
        LOG.info("The job goes on from {}", checkpoint);
        configuration.set(
                StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
        configuration.set(StateRecoveryOptions.RESTORE_MODE, mode);
    }

    private JobID running() {
        if (job == null) {
            throw new IllegalStateException("no job: expected submit to come first");
        }
        return job;
    }

    private static <T> T answer(String what, CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + " failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(what + ": expected an answer within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + " was interrupted", e);
        }
    }

    /** On the way out a step that fails must not keep the next from being tried. */
    private static void quietly(String what, CompletableFuture<?> future) {
        try {
            Object ignored = answer(what, future);
        } catch (IllegalStateException e) {
            LOG.warn("Stopping: {}", e.getMessage());
        }
    }
}

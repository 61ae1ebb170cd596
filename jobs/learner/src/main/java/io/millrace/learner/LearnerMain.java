package io.millrace.learner;

import io.millrace.learner.options.LearnerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/** Entry point of the job jar: options as {@code --millrace.bootstrap-servers host:9092 --kafka.security.protocol SSL …}. */
public final class LearnerMain {

    private LearnerMain() {}

    public static void main(String[] args) throws Exception {
        Configuration configuration = ParameterTool.fromArgs(args).getConfiguration();
        LearnerOptions options = LearnerOptions.from(configuration);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        requireCheckpoints(env);
        LearnerJob.build(env, options);
        env.execute(options.jobName());
    }

    /** Offsets are committed, transactions published and trajectories kept at checkpoints only. */
    private static void requireCheckpoints(StreamExecutionEnvironment env) {
        if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
            throw new IllegalArgumentException(CheckpointingOptions.CHECKPOINTING_INTERVAL.key()
                    + ": expected the time between checkpoints, such as 10s, found none; without checkpoints the job"
                    + " commits no offsets, publishes nothing with EXACTLY_ONCE, and loses what waits for its rewards."
                    + " Set it in the cluster's configuration, or for this job by 'flink run -D' or"
                    + " './millrace submit --flink'");
        }
    }
}

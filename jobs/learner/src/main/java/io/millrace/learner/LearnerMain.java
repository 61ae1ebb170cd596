package io.millrace.learner;

import io.millrace.learner.options.LearnerOptions;
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
        LearnerJob.build(env, options);
        env.execute(options.jobName());
    }
}

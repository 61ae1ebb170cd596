package io.millrace.local.cli;

import io.millrace.learner.options.LearnerOptions;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.TopicAdmin;
import io.millrace.local.admin.TopicOptions;
import io.millrace.local.admin.TopicReport;
import io.millrace.local.files.WorkingDirectory;
import io.millrace.local.learning.ClusterOptions;
import io.millrace.local.learning.LearnerCluster;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The learner alone. */
@Command(
        name = "learn",
        description = "The learner job alone, on a Flink cluster inside this JVM. Runs until interrupted.",
        mixinStandardHelpOptions = true)
final class LearnCommand implements Callable<Integer> {

    @Mixin
    private final Printing printing = new Printing();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final MetricsOption metrics = new MetricsOption();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Keep checkpoints there, and go on from them. Default: go on from the last published snapshot.")
    private Optional<Path> state = Optional.empty();

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "An option of the job, such as millrace.lanes=8.")
    private Map<String, String> jobOptions = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        KafkaAccess access = kafka.access();
        LearnerOptions options = LearnerOptions.from(configuration(access));
        prepareTopics(access);
        try (UntilStopped running = UntilStopped.begin();
                WorkingDirectory directory =
                        WorkingDirectory.of(state, "millrace-learner-").locked();
                LearnerCluster learner = LearnerCluster.start(cluster(directory))) {
            learner.submit(options);
            printing.print(
                    Map.of("kafka", access.bootstrapServers()), "Learning from Kafka at " + access.bootstrapServers());
            return JobWatch.untilStopped(running, learner, printing.progress()) ? 0 : 1;
        }
    }

    private ClusterOptions cluster(WorkingDirectory directory) {
        return ClusterOptions.in(
                        directory.path(),
                        state.isPresent() ? ClusterOptions.Retention.KEEP : ClusterOptions.Retention.DELETE)
                .withMetricsAt(metrics.port());
    }

    private void prepareTopics(KafkaAccess access) {
        try (TopicAdmin topics = TopicAdmin.connect(access)) {
            List<TopicReport> reports = topics.create(TopicOptions.DEFAULTS);
            TopicWarnings.requireBrokerTime(reports, access.topics());
            TopicWarnings.print(reports, printing.progress());
        }
    }

    private Configuration configuration(KafkaAccess access) {
        Configuration configuration = Configuration.fromMap(jobOptions);
        configuration.set(LearnerOptions.BOOTSTRAP_SERVERS, access.bootstrapServers());
        configuration.set(LearnerOptions.TOPIC_PREFIX, access.topics().prefix());
        access.client().forEach((key, value) -> configuration.setString(LearnerOptions.KAFKA_PREFIX + key, value));
        return configuration;
    }
}

package io.millrace.local.cli;

import io.millrace.learner.options.LearnerOptions;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.flink.FlinkRest;
import io.millrace.local.flink.JobRequest;
import io.millrace.local.flink.Replacement;
import io.millrace.local.flink.Submission;
import io.millrace.local.processes.Installation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The learner job to a Flink cluster. */
@Command(
        name = "submit",
        description = "The learner job to a Flink session cluster; returns when it runs there.",
        mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {

    private static final String CHECKPOINT_INTERVAL = "execution.checkpointing.interval";

    @Mixin
    private final Printing printing = new Printing();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--rest",
            paramLabel = "URL",
            required = true,
            description = "Of the cluster's REST interface, such as http://localhost:8081.")
    private URI rest = URI.create("http://localhost:8081");

    @Option(names = "--jar", paramLabel = "FILE", description = "The job jar. Default: the one that was built here.")
    private Optional<Path> jar = Optional.empty();

    @Option(names = "--parallelism", paramLabel = "N", description = "Default: the cluster's.")
    private Optional<Integer> parallelism = Optional.empty();

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "An option of the job, such as millrace.lanes=8.")
    private Map<String, String> jobOptions = new LinkedHashMap<>();

    @Option(
            names = "--flink",
            paramLabel = "KEY=VALUE",
            description = "Flink's configuration for this job, such as " + CHECKPOINT_INTERVAL + "=10s.")
    private Map<String, String> flinkOptions = new LinkedHashMap<>();

    @Option(
            names = "--kafka-file-on-cluster",
            paramLabel = "PATH",
            description =
                    "Where the cluster's machines have the --kafka-file, if it holds secrets: they are read there.")
    private Optional<String> kafkaFileOnCluster = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description = "Go on from this savepoint or checkpoint, by its path on the cluster.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--replace",
            description = "Stop the job that learns from these topics with a savepoint, and go on from that.")
    private boolean replace;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "Longest wait until the job runs. Default: ${DEFAULT-VALUE}.")
    private Duration within = Duration.ZERO;

    @Override
    public Integer call() {
        if (replace && from.isPresent()) {
            throw new IllegalArgumentException(
                    "--replace: expected no --from beside it, since it goes on from the savepoint"
                            + " of the job that it stops, found " + from.get() + "; leave out one of them");
        }
        JobRequest request = request();
        Submission submission = new Submission(new FlinkRest(rest), within, Clock.systemUTC());
        if (replace) {
            Replacement done = submission.replace(request);
            printing.print(
                    Map.of(
                            "job",
                            done.job(),
                            "rest",
                            rest.toString(),
                            "replaced",
                            done.replaced(),
                            "savepoint",
                            done.savepoint()),
                    "Job " + done.job() + " runs at " + rest + ", from the savepoint " + done.savepoint() + " of job "
                            + done.replaced());
        } else {
            String job = submission.submit(request);
            printing.print(Map.of("job", job, "rest", rest.toString()), "Job " + job + " runs at " + rest);
        }
        return 0;
    }

    private JobRequest request() {
        Map<String, String> options = options();
        // Checked here, where an error is easier to see than in the cluster's log.
        String name = LearnerOptions.from(Configuration.fromMap(options)).jobName();
        List<String> arguments = new ArrayList<>();
        options.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
        Map<String, String> configuration = new LinkedHashMap<>(flinkOptions);
        parallelism.ifPresent(number -> configuration.put("parallelism.default", Integer.toString(number)));
        return new JobRequest(name, jar.orElseGet(() -> Installation.here().jobJar()), arguments, configuration, from);
    }

    /** Of the job's main class. */
    private Map<String, String> options() {
        KafkaAccess access = kafka.accessOnCluster(kafkaFileOnCluster);
        Map<String, String> options = new LinkedHashMap<>(jobOptions);
        options.put(LearnerOptions.BOOTSTRAP_SERVERS.key(), access.bootstrapServers());
        options.put(LearnerOptions.TOPIC_PREFIX.key(), access.topics().prefix());
        access.client().forEach((key, value) -> options.put(LearnerOptions.KAFKA_PREFIX + key, value));
        return options;
    }
}

package io.millrace.local.cli;

import io.millrace.learner.options.LearnerOptions;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.flink.FlinkRest;
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
            names = "--within",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "Longest wait until the job runs. Default: ${DEFAULT-VALUE}.")
    private Duration within = Duration.ZERO;

    @Override
    public Integer call() {
        List<String> arguments = arguments();
        Map<String, String> configuration = new LinkedHashMap<>(flinkOptions);
        parallelism.ifPresent(number -> configuration.put("parallelism.default", Integer.toString(number)));
        String job = new Submission(new FlinkRest(rest), within, Clock.systemUTC())
                .submit(jar.orElseGet(() -> Installation.here().jobJar()), arguments, configuration);
        printing.print(Map.of("job", job, "rest", rest.toString()), "Job " + job + " runs at " + rest);
        return 0;
    }

    /** Of the job's main class; checked here, where an error is easier to see than in the cluster's log. */
    private List<String> arguments() {
        KafkaAccess access = kafka.access();
        Map<String, String> options = new LinkedHashMap<>(jobOptions);
        options.put(LearnerOptions.BOOTSTRAP_SERVERS.key(), access.bootstrapServers());
        options.put(LearnerOptions.TOPIC_PREFIX.key(), access.topics().prefix());
        access.client().forEach((key, value) -> options.put(LearnerOptions.KAFKA_PREFIX + key, value));
        LearnerOptions ignored = LearnerOptions.from(Configuration.fromMap(options));
        List<String> arguments = new ArrayList<>();
        options.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
        return arguments;
    }
}

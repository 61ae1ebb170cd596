package io.millrace.local.cli;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.KafkaAwayException;
import io.millrace.local.admin.TopicAdmin;
import io.millrace.local.system.FreePort;
import io.millrace.local.system.ServingReplica;
import io.millrace.sdk.MillraceConfig;
import io.millrace.sdk.MillraceEnvironment;
import io.millrace.server.ServerConfig;
import io.millrace.server.token.FeedbackSecret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One serving replica alone. */
@Command(
        name = "serve",
        description = "One serving replica alone, over HTTP, against any Kafka. Runs until interrupted.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(1);

    @Mixin
    private final Printing printing = new Printing();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--host",
            defaultValue = ServerConfig.DEFAULT_HOST,
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port to listen on; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--replica",
            paramLabel = "NAME",
            description = "Unique among the replicas that run. Default: serve-, the host and the process id.")
    private Optional<String> replica = Optional.empty();

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = "Serve it; may be given again. Default: all policies.")
    private Set<String> policies = new LinkedHashSet<>();

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "Signs feedback tokens; the same for all replicas. Default: one that ends with this process.")
    private Optional<Path> secretFile = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        KafkaAccess access = kafka.access();
        MillraceConfig config = new MillraceConfig(
                access.bootstrapServers(),
                access.topics().prefix(),
                replica.orElseGet(() -> ReplicaName.ofThisProcess("serve")),
                policies,
                access.timeout(),
                HEARTBEAT_EVERY,
                access.client());
        ServerConfig http = new ServerConfig(
                host,
                port,
                secretFile.map(FeedbackSecret::fromFile).orElseGet(FeedbackSecret::random),
                ServerConfig.DEFAULT_TOKEN_LIFETIME,
                ServerConfig.DEFAULT_MAX_BODY_BYTES);
        FreePort.require("--port", host, port);
        try (UntilStopped running = UntilStopped.begin();
                ServingReplica serving = ServingReplica.open(config, MillraceEnvironment.standard(), http)) {
            String address = serving.server().uri().toString();
            printing.print(Map.of("server", address, "replica", serving.name()), "Serving at " + address);
            warnOfTopics(access);
            running.await();
        }
        return 0;
    }

    /** Serving goes on, and waits for Kafka if need be; people should know all the same. */
    private void warnOfTopics(KafkaAccess access) {
        try (TopicAdmin topics = TopicAdmin.connect(access)) {
            TopicWarnings.print(topics.check(), printing.progress());
        } catch (KafkaAwayException e) {
            printing.progress().println("Warning: topics not checked: " + e.getMessage());
            printing.progress().flush();
        }
    }
}

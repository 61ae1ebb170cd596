package io.millrace.local.cli;

import io.millrace.local.admin.PolicyFile;
import io.millrace.local.system.BundledPolicies;
import io.millrace.local.system.LocalSystem;
import io.millrace.local.system.LocalSystemOptions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.sdk.PolicyStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole system without simulated users. */
@Command(
        name = "up",
        description = "The whole system in one JVM, without users: for trying your own client. Runs until interrupted.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private static final String DEFAULT_WORLD = "pronounce";

    @Mixin
    private final Printing printing = new Printing();

    @Mixin
    private final MetricsOption metrics = new MetricsOption();

    @Option(names = "--data", paramLabel = "DIR", description = "Keep records and checkpoints there. Default: nowhere.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "A policy to apply; may be given again. Default: the demo's policy 'pronounce', which waits ten"
                            + " minutes for rewards, unless DIR has it already.")
    private List<Path> policies = new ArrayList<>();

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Of the broker; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int kafkaPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description =
                    "Of the first replica, each further one on the next; 0: any free ones. Default: ${DEFAULT-VALUE}.")
    private int httpPort;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "2",
            description = "Serving replicas. Default: ${DEFAULT-VALUE}.")
    private int replicas;

    /** Where the parts are. */
    private record Addresses(String kafka, List<String> servers, List<String> policies) {}

    @Override
    public Integer call() throws InterruptedException {
        List<PolicyDefinition> given = policies.stream().map(PolicyFile::read).toList();
        List<PolicyDefinition> defaults =
                given.isEmpty() ? List.of(BundledPolicies.forPeople(DEFAULT_WORLD)) : List.of();
        LocalSystemOptions options = LocalSystemOptions.temporary(given)
                .withDefaults(defaults)
                .at(kafkaPort, httpPort)
                .withReplicas(replicas)
                .withMetricsAt(metrics.port());
        printing.progress().println("Starting a Kafka broker, a Flink cluster and " + replicas + " serving replicas");
        try (UntilStopped running = UntilStopped.begin();
                LocalSystem system = LocalSystem.start(data.map(options::keptIn).orElse(options))) {
            Addresses addresses = new Addresses(
                    system.broker().bootstrapServers(),
                    system.replicas().stream()
                            .map(replica -> replica.server().uri().toString())
                            .toList(),
                    names(system));
            printing.print(
                    addresses,
                    String.format(
                            Locale.ROOT,
                            "Kafka at %s, servers at %s, policies %s",
                            addresses.kafka(),
                            String.join(" and ", addresses.servers()),
                            String.join(", ", addresses.policies())));
            return JobWatch.untilStopped(running, system.learner(), printing.progress()) ? 0 : 1;
        }
    }

    private static List<String> names(LocalSystem system) {
        return system.replicas().get(0).millrace().policies().stream()
                .map(PolicyStatus::name)
                .toList();
    }
}

package io.millrace.local.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the learner shows its metrics. */
final class MetricsOption {

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Flink's metrics for a Prometheus server, on every address of this machine. Default: none.")
    private Optional<Integer> port = Optional.empty();

    Optional<Integer> port() {
        port.filter(number -> number < 1 || number > 65_535).ifPresent(number -> {
            throw new IllegalArgumentException("--metrics-port: expected 1 to 65535, found " + number);
        });
        return port;
    }
}

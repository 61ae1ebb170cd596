package io.millrace.local.cli;

import io.millrace.local.demo.Demo;
import io.millrace.local.demo.DemoOptions;
import io.millrace.local.demo.DemoReport;
import io.millrace.local.demo.Screen;
import io.millrace.local.files.Writable;
import io.millrace.simulator.Worlds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole loop in one JVM with simulated users. */
@Command(
        name = "demo",
        description = "The whole loop in one JVM, with simulated users who judge what a policy says.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    /** Set by the launcher when its output is a terminal. */
    private static final String TERMINAL = "millrace.terminal";

    private static final Duration UNATTENDED = Duration.ofMinutes(3);
    /** The audit keeps every trajectory's hash to the end: some millions of them fit. For longer there is {@code up}. */
    private static final Duration ATTENDED = Duration.ofMinutes(20);

    @Mixin
    private final Printing printing = new Printing();

    @Mixin
    private final MetricsOption metrics = new MetricsOption();

    @Option(names = "--headless", description = "A line every few seconds instead of a live display.")
    private boolean headless;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description =
                    "How long users ask. Default: until interrupted, 20m at most; with --headless or --json 180s.")
    private Optional<Duration> length = Optional.empty();

    @Option(
            names = "--world",
            paramLabel = "NAME",
            defaultValue = "pronounce",
            description = "pronounce: spelling to sound; bandit: which of ten arms. Default: ${DEFAULT-VALUE}.")
    private String world = "";

    @Option(names = "--seed", defaultValue = "7", description = "Of all that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report there, as JSON.")
    private Optional<Path> report = Optional.empty();

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "Of the first replica, each further one on the next; 0: any free ones. Default: ${DEFAULT-VALUE}.")
    private int httpPort;

    @Option(
            names = "--target-lag",
            paramLabel = "TIME",
            defaultValue = "250ms",
            description =
                    "Users ask as often as keeps the update lag's 99th percentile here. Default: ${DEFAULT-VALUE}.")
    private Duration targetLag = Duration.ZERO;

    @Option(
            names = "--max-rate",
            paramLabel = "N",
            defaultValue = "8000",
            description = "Most outputs that users ask for in a second. Default: ${DEFAULT-VALUE}.")
    private double mostPerSecond;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (!Worlds.names().contains(world)) {
            throw new IllegalArgumentException(
                    "--world: expected one of " + Worlds.names() + ", found '" + world + "'");
        }
        report.ifPresent(file -> Writable.require("--report", file));
        Demo demo = new Demo(options(), screen());
        try (UntilStopped running = UntilStopped.begin()) {
            running.whenAsked(demo::stop);
            DemoReport result = demo.run();
            if (report.isPresent()) {
                Files.writeString(report.get(), JsonText.of(result) + "\n");
            }
            printing.print(result, words(result));
            return result.ok() ? 0 : MillraceCli.FELL_SHORT;
        }
    }

    private DemoOptions options() {
        boolean unattended = headless || printing.json();
        return new DemoOptions(
                world,
                seed,
                length.orElse(unattended ? UNATTENDED : ATTENDED),
                httpPort,
                metrics.port(),
                targetLag.toMillis(),
                mostPerSecond);
    }

    private Screen screen() {
        return headless || printing.json() || !Boolean.getBoolean(TERMINAL)
                ? Screen.lines(printing.progress())
                : Screen.terminal(printing.progress());
    }

    private static String words(DemoReport result) {
        return String.format(
                        Locale.ROOT,
                        "%,d trajectories learned in %.0f s; held-out error %.1f%%, at the start %.1f%%%n"
                                + "update lag p50 %.0f ms, p99 %.0f ms; ledger: %d lost, %d duplicated; %d MB resident%n",
                        result.trajectoriesLearned(),
                        result.seconds(),
                        100 * result.heldOutError(),
                        100 * result.heldOutErrorAtStart(),
                        result.updateLagMillis().p50(),
                        result.updateLagMillis().p99(),
                        result.ledger().lost(),
                        result.ledger().duplicated(),
                        result.residentMemoryPeakMegabytes())
                + (result.ok()
                        ? "Ledger and replicas hold."
                        : "Fell short: " + String.join("\n  ", result.shortfalls()));
    }
}

package io.millrace.local.cli;

import io.millrace.learner.options.LearnerOptions.Delivery;
import io.millrace.local.chaos.Chaos;
import io.millrace.local.chaos.ChaosOptions;
import io.millrace.local.chaos.ChaosReport;
import io.millrace.local.chaos.Victim;
import io.millrace.local.files.Writable;
import io.millrace.local.processes.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Kills under load. */
@Command(
        name = "chaos",
        description = "Starts a cluster of separate processes, kills its parts while users go on, and audits that every"
                + " trajectory counts once.",
        mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {

    @Mixin
    private final Printing printing = new Printing();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "120s",
            description = "How long users ask; longer, up to six times as long, while there were too few kills."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration length = Duration.ZERO;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Outputs asked for in a second. Default: ${DEFAULT-VALUE}.")
    private double perSecond;

    @Option(
            names = "--least-rate",
            paramLabel = "N",
            description =
                    "Trajectories whose feedback must be acknowledged in a second, outages and all. Default: half of"
                            + " --rate.")
    private Optional<Double> leastPerSecond = Optional.empty();

    @Option(
            names = "--kill",
            paramLabel = "PART",
            split = ",",
            defaultValue = "taskmanager,jobmanager,broker,replica",
            description = "What dies, separated by commas. Default: ${DEFAULT-VALUE}.")
    private List<Victim> victims = new ArrayList<>();

    @Option(
            names = "--kills",
            paramLabel = "N",
            description = "Fewest kills. Default: one in 20 s, and one of each part.")
    private Optional<Integer> kills = Optional.empty();

    @Option(names = "--seed", defaultValue = "7", description = "Of all that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--delivery",
            paramLabel = "MODE",
            defaultValue = "at-least-once",
            converter = DeliveryConverter.class,
            description = "at-least-once or exactly-once. Default: ${DEFAULT-VALUE}.")
    private Delivery delivery = Delivery.AT_LEAST_ONCE;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report there, as JSON.")
    private Optional<Path> report = Optional.empty();

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep data and logs there; must be empty or not there yet. Default: nothing is kept.")
    private Optional<Path> directory = Optional.empty();

    static final class DeliveryConverter implements ITypeConverter<Delivery> {

        @Override
        public Delivery convert(String value) {
            return Arrays.stream(Delivery.values())
                    .filter(mode -> mode.name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-')
                            .equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected at-least-once or exactly-once, found '" + value + "'"));
        }
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        report.ifPresent(file -> Writable.require("--report", file));
        int least = kills.orElseGet(() -> ChaosOptions.killsIn(length, victims));
        Chaos chaos = new Chaos(
                new ChaosOptions(
                        length,
                        perSecond,
                        leastPerSecond.orElse(perSecond / 2),
                        victims,
                        least,
                        seed,
                        delivery,
                        directory),
                Installation.here(),
                this::say);
        ChaosReport result = chaos.run();
        if (report.isPresent()) {
            Files.writeString(report.get(), JsonText.of(result) + "\n");
        }
        printing.print(result, words(result));
        return result.ok() ? 0 : MillraceCli.FELL_SHORT;
    }

    private void say(String what) {
        PrintWriter out = printing.progress();
        out.println(what);
        out.flush();
    }

    private static String words(ChaosReport result) {
        return String.format(
                        Locale.ROOT,
                        "%,d trajectories acknowledged (%.0f a second), %,d learned: %d lost, %d duplicated%n"
                                + "kills %s; seconds until updates were applied again %s%n",
                        result.acknowledged(),
                        result.acknowledgedPerSecond(),
                        result.learned(),
                        result.lost(),
                        result.duplicated(),
                        result.kills(),
                        result.recoverySeconds())
                + (result.ok() ? "The promise holds." : "Fell short: " + String.join("\n  ", result.shortfalls()));
    }
}

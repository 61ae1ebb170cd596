package io.millrace.bench.cli;

import io.millrace.bench.Soak;
import io.millrace.bench.report.BenchReport;
import io.millrace.bench.report.SuiteReport;
import io.millrace.local.cli.JsonText;
import io.millrace.local.cli.MillraceCli;
import io.millrace.local.cli.Printing;
import io.millrace.local.files.Writable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether policies on ND4J give back what they take off the heap. */
@Command(
        name = "soak",
        description = "Computes gradients of many batches with mlp and seq2seq, and watches the resident memory.",
        mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {

    @Mixin
    private final Printing printing = new Printing();

    @Option(
            names = "--batches",
            paramLabel = "N",
            defaultValue = "" + Soak.BATCHES,
            description = "Batches of each kind after the warm-up. Default: ${DEFAULT-VALUE}.")
    private int batches;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report there, as JSON.")
    private Optional<Path> report = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (batches < 1) {
            throw new IllegalArgumentException("--batches: expected 1 or more, found " + batches);
        }
        report.ifPresent(file -> Writable.require("--report", file));
        List<SuiteReport> suites = new ArrayList<>();
        for (Soak soak : Soak.all()) {
            suites.add(soak.measure(batches, line -> {
                printing.progress().println(line);
                printing.progress().flush();
            }));
        }
        BenchReport result = new BenchReport(suites);
        if (report.isPresent()) {
            Files.writeString(report.get(), JsonText.of(result) + "\n");
        }
        printing.print(result, Words.of(result));
        return result.holds() ? 0 : MillraceCli.FELL_SHORT;
    }
}

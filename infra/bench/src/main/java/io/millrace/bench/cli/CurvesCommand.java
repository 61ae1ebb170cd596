package io.millrace.bench.cli;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.report.BenchReport;
import io.millrace.bench.report.SuiteReport;
import io.millrace.local.cli.JsonText;
import io.millrace.local.cli.MillraceCli;
import io.millrace.local.cli.Printing;
import io.millrace.local.demo.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learning curves against published figures. */
@Command(
        name = "curves",
        description = "Learns problems with published results, and compares.",
        mixinStandardHelpOptions = true)
final class CurvesCommand implements Callable<Integer> {

    @Mixin
    private final Printing printing = new Printing();

    @Option(names = "--suite", paramLabel = "NAME", description = "Only this one; may be repeated. Default: all.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--length",
            paramLabel = "SHARE",
            defaultValue = "1",
            description = "Share of the full number of runs or trajectories, to try a suite: a shorter run falls short"
                    + " of its bars. Default: ${DEFAULT-VALUE}.")
    private double length;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report there, as JSON.")
    private Optional<Path> report = Optional.empty();

    @Option(names = "--pictures", paramLabel = "DIR", description = "Draw the curves there, as SVG.")
    private Optional<Path> pictures = Optional.empty();

    @Option(names = "--list", description = "Only say which suites there are.")
    private boolean list;

    @Override
    public Integer call() throws InterruptedException, IOException {
        List<Suite> suites = Suites.named(names);
        if (list) {
            printing.print(
                    suites.stream().collect(Collectors.toMap(Suite::name, Suite::description)),
                    suites.stream()
                            .map(suite -> "%-27s %s".formatted(suite.name(), suite.description()))
                            .collect(Collectors.joining("\n")));
            return 0;
        }
        BenchReport result = run(suites, new RunLength(length));
        printing.print(result, Words.of(result));
        return result.holds() ? 0 : MillraceCli.FELL_SHORT;
    }

    private BenchReport run(List<Suite> suites, RunLength runLength) throws InterruptedException, IOException {
        PrintWriter progress = printing.progress();
        List<SuiteReport> done = new ArrayList<>();
        for (Suite suite : suites) {
            Findings findings = suite.run(runLength, line -> {
                progress.println(line);
                progress.flush();
            });
            done.add(new SuiteReport(suite.name(), Machine.here(), findings.measures()));
            draw(findings);
            // After each suite: what an hour has measured is not lost to the failure of the next.
            write(new BenchReport(done));
        }
        return new BenchReport(done);
    }

    private void write(BenchReport result) throws IOException {
        if (report.isPresent()) {
            Files.writeString(report.get(), JsonText.of(result) + "\n");
        }
    }

    private void draw(Findings findings) throws IOException {
        if (pictures.isPresent()) {
            Files.createDirectories(pictures.get());
            for (LineChart chart : findings.pictures()) {
                Files.writeString(pictures.get().resolve(chart.name() + ".svg"), chart.toSvg());
            }
        }
    }
}

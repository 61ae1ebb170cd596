package io.millrace.bench.cli;

import io.millrace.bench.report.BenchReport;
import io.millrace.bench.state.LargeState;
import io.millrace.local.cli.JsonText;
import io.millrace.local.cli.MillraceCli;
import io.millrace.local.cli.Printing;
import io.millrace.local.files.Writable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What many open trajectories cost. */
@Command(
        name = "state",
        description = "Compares the join's cost an event with many trajectories open, in RocksDB, to that with few.",
        mixinStandardHelpOptions = true)
final class StateCommand implements Callable<Integer> {

    @Mixin
    private final Printing printing = new Printing();

    @Option(
            names = "--open",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "Trajectories that wait for a reward. Default: ${DEFAULT-VALUE}.")
    private long open;

    @Option(
            names = "--few",
            paramLabel = "N",
            defaultValue = "100000",
            description = "The same of what they are compared with. Default: ${DEFAULT-VALUE}.")
    private long few;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Pairs of a generation and a reward that are measured. Default: ${DEFAULT-VALUE}.")
    private long pairs;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report there, as JSON.")
    private Optional<Path> report = Optional.empty();

    @Override
    public Integer call() throws Exception {
        if (open <= few || few < 1 || pairs < 10) {
            throw new IllegalArgumentException("state: expected --open > --few >= 1 and --pairs >= 10, found " + open
                    + ", " + few + " and " + pairs);
        }
        report.ifPresent(file -> Writable.require("--report", file));
        BenchReport result = new BenchReport(List.of(LargeState.measure(few, open, pairs, line -> {
            printing.progress().println(line);
            printing.progress().flush();
        })));
        if (report.isPresent()) {
            Files.writeString(report.get(), JsonText.of(result) + "\n");
        }
        printing.print(result, Words.of(result));
        return result.holds() ? 0 : MillraceCli.FELL_SHORT;
    }
}

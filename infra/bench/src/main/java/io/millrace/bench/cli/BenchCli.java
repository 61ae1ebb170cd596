package io.millrace.bench.cli;

import io.millrace.local.cli.MillraceCli;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code millrace bench}: the measurements, on a class path of their own that no other command needs. */
@Command(
        name = "millrace bench",
        description = "Measures, and says whether the figures clear their bars.",
        subcommands = {CurvesCommand.class, SoakCommand.class, StateCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class BenchCli {

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command, ready to parse or to execute. */
    static CommandLine commandLine() {
        return MillraceCli.commandLine(new BenchCli());
    }
}

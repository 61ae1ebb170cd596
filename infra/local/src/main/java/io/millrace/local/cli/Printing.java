package io.millrace.local.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command answers: in words, or with {@code --json} as one JSON object. */
public final class Printing {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // Injected by picocli.
    private CommandSpec command;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** Whether {@code --json} was given. */
    public boolean json() {
        return json;
    }

    /** For what is asked for. */
    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** For what happens meanwhile: where it does not disturb a JSON object. */
    public PrintWriter progress() {
        return json ? command.commandLine().getErr() : out();
    }

    /** Prints {@code report}, or its words. */
    public void print(Object report, String words) {
        out().println(json ? JsonText.of(report) : words);
        out().flush();
    }
}

package io.millrace.local.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What came of a command.
 *
 * @param exit its status
 * @param out what it printed
 * @param err what it complained of
 */
public record MillraceRun(int exit, String out, String err) {

    /** Runs the {@code millrace} command in this JVM. */
    public static MillraceRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = MillraceCli.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new MillraceRun(exit, out.toString(), err.toString());
    }
}

package io.millrace.local.cli;

/** Parses commands as the {@code millrace} command would, without executing them. */
public final class CommandLines {

    private CommandLines() {}

    /** Throws picocli's ParameterException when the command is wrong. */
    public static void parse(String arguments) {
        MillraceCli.commandLine().parseArgs(arguments.split("\\s+", -1));
    }
}

package io.millrace.local.cli;

import io.millrace.local.admin.NoSuchPolicyException;
import io.millrace.policy.spec.PolicySpecException;
import java.io.PrintWriter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/**
 * The {@code millrace} command. Exit status: 0 done; 1 the run fell short of what was asked, or something that it needs is
 * away; 2 wrong usage or configuration.
 */
@Command(
        name = "millrace",
        description = "Learns from live feedback.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ServeCommand.class,
            LearnCommand.class,
            SubmitCommand.class,
            ChaosCommand.class,
            SimulateCommand.class,
            TopicsCommand.class,
            PolicyCommand.class,
            LagCommand.class,
            FeedbackCommand.class,
            DeadLettersCommand.class
        },
        footer = "%nMeasurements: millrace bench --help",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class MillraceCli {

    /** Exit status of a run that did what it was told and found less than was asked. */
    public static final int FELL_SHORT = 1;

    static final int WRONG_USAGE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(MillraceCli.class);

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command with everything that it knows, ready to parse or to execute. */
    static CommandLine commandLine() {
        return commandLine(new MillraceCli());
    }

    /** A command with the manners of this one: its notation of durations, its exit status, failures in one line. */
    public static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .registerConverter(Duration.class, new DurationConverter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(MillraceCli::failed);
    }

    /** One line for people; the whole story goes to the log. */
    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        LOG.warn("{} failed", command.getCommandName(), failure);
        PrintWriter err = command.getErr();
        String message = failure.getMessage();
        err.println("millrace: " + (message == null ? failure.toString() : message));
        err.flush();
        return isWrongUsage(failure) ? WRONG_USAGE : FELL_SHORT;
    }

    private static boolean isWrongUsage(Exception failure) {
        return failure instanceof PolicySpecException
                || failure instanceof NoSuchPolicyException
                || failure instanceof IllegalArgumentException;
    }
}

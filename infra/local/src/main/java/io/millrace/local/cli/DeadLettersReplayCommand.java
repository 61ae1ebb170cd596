package io.millrace.local.cli;

import io.millrace.local.admin.DeadLetterFilter;
import io.millrace.local.admin.DeadLetterReplay;
import io.millrace.schemas.DeadLetterReason;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends the records of dead letters again. */
@Command(
        name = "replay",
        description = "Send their records to their topics again, byte for byte. Without --yes: count them only.",
        mixinStandardHelpOptions = true)
final class DeadLettersReplayCommand implements Callable<Integer> {

    @Mixin
    private final Printing printing = new Printing();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--reason", description = "One of: ${COMPLETION-CANDIDATES}. Default: any.")
    private Optional<DeadLetterReason> reason = Optional.empty();

    @Option(names = "--policy", paramLabel = "NAME", description = "Of this policy only.")
    private Optional<String> policy = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Written at this time or later, such as 2026-05-01T10:00:00Z.")
    private Optional<Instant> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Written before this time.")
    private Optional<Instant> until = Optional.empty();

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Override
    public Integer call() {
        var filter = new DeadLetterFilter(reason, policy, since, until);
        DeadLetterReplay.Report report = new DeadLetterReplay(kafka.access())
                .replay(filter, yes ? DeadLetterReplay.Mode.SEND : DeadLetterReplay.Mode.COUNT);
        printing.print(report, words(report));
        return 0;
    }

    private String words(DeadLetterReplay.Report report) {
        if (report.matching().isEmpty()) {
            return "No dead letters.";
        }
        var words = new StringBuilder();
        report.matching().forEach((found, count) -> line(words, count, found));
        for (Map.Entry<String, Long> why : report.notReplayable().entrySet()) {
            line(words, why.getValue(), "cannot be sent again: " + why.getKey());
        }
        if (report.replayedBefore() > 0) {
            line(words, report.replayedBefore(), "sent again before");
        }
        if (report.repeated() > 0) {
            line(words, report.repeated(), "equal to another");
        }
        line(words, report.replayable(), yes ? "sent again" : "would be sent again; add --yes to do it");
        return words.toString().stripTrailing();
    }

    private static void line(StringBuilder words, long count, String what) {
        words.append(String.format(Locale.ROOT, "%,9d  %s%n", count, what));
    }
}

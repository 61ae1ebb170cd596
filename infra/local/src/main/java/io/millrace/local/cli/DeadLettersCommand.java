package io.millrace.local.cli;

import io.millrace.local.admin.DeadLetterArchive;
import io.millrace.local.admin.DeadLetterView;
import io.millrace.schemas.DeadLetterReason;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Dead letters. */
@Command(
        name = "dead-letters",
        description = "Records that could not be used.",
        subcommands = {DeadLettersCommand.ListNewest.class, DeadLettersReplayCommand.class},
        mixinStandardHelpOptions = true)
final class DeadLettersCommand {

    @Command(name = "list", description = "Count them by reason; show the newest.", mixinStandardHelpOptions = true)
    static final class ListNewest implements Callable<Integer> {

        @Mixin
        private final Printing printing = new Printing();

        @Mixin
        private final KafkaOptions kafka = new KafkaOptions();

        @Option(names = "--reason", description = "One of: ${COMPLETION-CANDIDATES}. Default: any.")
        private Optional<DeadLetterReason> reason = Optional.empty();

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "20",
                description = "Most to show. Default: ${DEFAULT-VALUE}.")
        private int limit;

        @Override
        public Integer call() {
            if (limit < 0) {
                throw new IllegalArgumentException("--limit: expected 0 or more, found " + limit);
            }
            DeadLetterArchive.Listing listing = new DeadLetterArchive(kafka.access()).list(reason, limit);
            printing.print(listing, words(listing));
            return 0;
        }

        private static String words(DeadLetterArchive.Listing listing) {
            if (listing.counts().isEmpty()) {
                return "No dead letters.";
            }
            return listing.counts() + "\n"
                    + listing.newest().stream().map(ListNewest::words).collect(Collectors.joining("\n"));
        }

        private static String words(DeadLetterView letter) {
            return String.format(
                    Locale.ROOT,
                    "%s  %-16s %s/%d@%d  %s",
                    letter.recordedAt(),
                    letter.reason(),
                    letter.originTopic(),
                    letter.originPartition(),
                    letter.originOffset(),
                    letter.detail());
        }
    }
}

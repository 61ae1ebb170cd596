package io.millrace.local.cli;

import io.millrace.local.admin.TopicAdmin;
import io.millrace.local.admin.TopicDifference;
import io.millrace.local.admin.TopicOptions;
import io.millrace.local.admin.TopicReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Topics. */
@Command(
        name = "topics",
        description = "Topics of the contract.",
        subcommands = TopicsCommand.Create.class,
        mixinStandardHelpOptions = true)
final class TopicsCommand {

    @Command(
            name = "create",
            description = "Create the topics that are missing; say where existing ones differ from the contract.",
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {

        @Mixin
        private final Printing printing = new Printing();

        @Mixin
        private final KafkaOptions kafka = new KafkaOptions();

        @Option(names = "--partitions", paramLabel = "N", description = "Of generations and rewards.")
        private Optional<Integer> partitions = Optional.empty();

        @Option(names = "--replication-factor", paramLabel = "N", description = "Default: the brokers' default.")
        private Optional<Integer> replicationFactor = Optional.empty();

        /** Falls short when an existing topic differs: nothing was changed then, and somebody must decide. */
        @Override
        public Integer call() {
            TopicOptions options = new TopicOptions(partitions, replicationFactor);
            try (TopicAdmin admin = TopicAdmin.connect(kafka.access())) {
                List<TopicReport> reports = admin.create(options);
                printing.print(
                        Map.of("topics", reports),
                        reports.stream().map(Create::words).collect(Collectors.joining("\n")));
                return reports.stream().allMatch(report -> report.differences().isEmpty()) ? 0 : MillraceCli.FELL_SHORT;
            }
        }

        private static String words(TopicReport report) {
            StringBuilder words = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%-40s %-8s %3d partitions",
                    report.topic(),
                    report.created() ? "created" : "exists",
                    report.partitions()));
            for (TopicDifference difference : report.differences()) {
                words.append("\n    DIFFERS: ").append(difference);
                words.append("\n    to mend it: ").append(difference.remedy(report.topic()));
            }
            return words.toString();
        }
    }
}

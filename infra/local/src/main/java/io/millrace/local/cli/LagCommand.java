package io.millrace.local.cli;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.TopicTail;
import io.millrace.sdk.lag.LagBook;
import io.millrace.sdk.lag.LagRow;
import io.millrace.sdk.lag.ReplicaKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The update-lag chain. */
@Command(
        name = "lag",
        description = "How long feedback takes to be served, by policy and replica: listens, then reports.",
        mixinStandardHelpOptions = true)
final class LagCommand implements Callable<Integer> {

    @Mixin
    private final Printing printing = new Printing();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--watch", description = "Report again and again, until interrupted.")
    private boolean watch;

    @Option(
            names = "--listen",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "How long to listen before each report. Default: ${DEFAULT-VALUE}.")
    private Duration listen = Duration.ZERO;

    private final Clock clock = Clock.systemUTC();

    /** A replica's chain, for JSON. */
    private record Replica(
            String replica,
            String policy,
            String role,
            long epoch,
            long version,
            long versionsBehind,
            double secondsBehind,
            boolean checksumMatches,
            Map<String, LagRow.Summary> linksMillis) {

        static Replica of(LagRow row) {
            return new Replica(
                    row.replica(),
                    row.policy(),
                    row.role().name(),
                    row.applied().epoch(),
                    row.applied().version(),
                    row.versionsBehind(),
                    row.secondsBehind(),
                    row.checksumMatches(),
                    row.links());
        }
    }

    /** Falls short when a replica's checksum differs. */
    @Override
    public Integer call() throws InterruptedException {
        KafkaAccess access = kafka.access();
        LagBook book = new LagBook();
        try (UntilStopped running = UntilStopped.begin();
                Listening listening = Listening.to(access, book, clock)) {
            List<LagRow> rows;
            boolean again;
            do {
                again = !running.await(listen) && watch;
                rows = listening.rows();
                printing.print(Map.of("replicas", rows.stream().map(Replica::of).toList()), words(rows));
            } while (again);
            return rows.stream().allMatch(LagRow::checksumMatches) ? 0 : MillraceCli.FELL_SHORT;
        }
    }

    /** Two followers that keep the book. */
    private record Listening(LagBook book, Clock clock, TopicTail<?> updates, TopicTail<?> heartbeats)
            implements AutoCloseable {

        static Listening to(KafkaAccess access, LagBook book, Clock clock) {
            TopicTail<?> updates =
                    TopicTail.followFromNow(access, access.topics().parameters(), book::published);
            try {
                return new Listening(
                        book,
                        clock,
                        updates,
                        TopicTail.followFromNow(
                                access,
                                access.topics().replicas(),
                                status -> book.heartbeat(status, clock.instant()),
                                key -> ReplicaKey.parse(key).ifPresent(book::left)));
            } catch (RuntimeException e) {
                updates.close();
                throw e;
            }
        }

        List<LagRow> rows() {
            return book.rows(clock.instant());
        }

        @Override
        public void close() {
            updates.close();
            heartbeats.close();
        }
    }

    private static String words(List<LagRow> rows) {
        return rows.isEmpty()
                ? "No replica has reported."
                : rows.stream().map(LagCommand::words).collect(Collectors.joining("\n"));
    }

    private static String words(LagRow row) {
        String head = String.format(
                Locale.ROOT,
                "%s of %s: version %d of epoch %d, %d versions and %.2f s behind, checksum %s",
                row.replica(),
                row.policy(),
                row.applied().version(),
                row.applied().epoch(),
                row.versionsBehind(),
                row.secondsBehind(),
                row.checksumMatches() ? "matches" : "DIFFERS");
        return head
                + row.links().entrySet().stream()
                        .map(link -> String.format(
                                Locale.ROOT,
                                "%n    %-20s p50 %6.0f ms  p90 %6.0f ms  p99 %6.0f ms  max %6.0f ms",
                                link.getKey(),
                                link.getValue().p50(),
                                link.getValue().p90(),
                                link.getValue().p99(),
                                link.getValue().max()))
                        .collect(Collectors.joining());
    }
}

package io.millrace.local.demo;

import io.millrace.local.audit.Ledger;
import java.util.List;
import java.util.Map;

/**
 * What came of a demo; written as JSON under these names.
 *
 * @param ok whether nothing that was asked is missing, see {@code shortfalls}
 * @param seconds that users asked for
 * @param trajectoriesGenerated outputs that Kafka had acknowledged
 * @param trajectoriesLearned in θ's lineage, by the newest update applied
 * @param trajectoriesDefaulted whose window closed without a reward
 * @param rewardMeanFirst mean score of the first tenth of the outputs
 * @param heldOutError the world's own measure, at the end; for {@code pronounce} the phoneme error rate
 * @param updateLagMillis reward appended to Kafka → applied by a serving replica, a count for each trajectory and replica
 * @param stalenessVersions between the parameters that generated and those that learned
 * @param firstGenerationSeconds from the start of the JVM to the first output that Kafka had acknowledged
 */
public record DemoReport(
        boolean ok,
        List<String> shortfalls,
        String world,
        long seed,
        double seconds,
        long trajectoriesGenerated,
        long trajectoriesLearned,
        long trajectoriesDefaulted,
        long duplicatesDropped,
        Map<String, Long> deadLetters,
        long updatesPublished,
        double rewardMeanFirst,
        double rewardMeanLast,
        double heldOutErrorAtStart,
        double heldOutError,
        Lag updateLagMillis,
        Map<String, Lag> updateLagByStageMillis,
        StalenessVersions stalenessVersions,
        List<Replica> replicas,
        Audit ledger,
        double firstGenerationSeconds,
        long residentMemoryPeakMegabytes,
        Machine machine) {

    public DemoReport {
        shortfalls = List.copyOf(shortfalls);
        replicas = List.copyOf(replicas);
    }

    /** Quantiles in milliseconds. */
    public record Lag(double p50, double p90, double p99, double max) {}

    public record StalenessVersions(double mean, long max) {}

    /** Where a serving replica stood at the end. */
    public record Replica(String id, long epoch, long version, boolean checksumMatches) {}

    /** See {@link Ledger}. */
    public record Audit(long expected, long learned, long lost, long duplicated, long unexpected, long missingUpdates) {
        static Audit of(Ledger ledger) {
            return new Audit(
                    ledger.expected(),
                    ledger.learned(),
                    ledger.lost(),
                    ledger.duplicated(),
                    ledger.unexpected(),
                    ledger.missingUpdates());
        }
    }
}

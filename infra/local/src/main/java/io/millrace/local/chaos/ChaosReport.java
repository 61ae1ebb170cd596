package io.millrace.local.chaos;

import io.millrace.local.audit.ReplicaAgreement;
import io.millrace.local.demo.Machine;
import java.util.List;
import java.util.Map;

/**
 * What came of it.
 *
 * @param shortfalls what was promised and not kept; empty when all was
 * @param acknowledgedPerSecond of the time in which users came
 * @param acknowledged trajectories whose feedback was answered with yes, each once
 * @param learned trajectories in θ's lineage, every repetition counted
 * @param lost acknowledged, but not in the lineage
 * @param duplicated repetitions in the lineage
 * @param unacknowledged in the lineage though the client did not hear that its feedback was taken
 * @param missingUpdates versions of the lineage that the audit never saw; with any, the figures above prove nothing
 * @param deadLetters by reason
 * @param kills by part
 * @param pauses by part
 * @param recoverySeconds by part: from each kill until updates made after it were applied
 * @param endedByThemselves how often a part was found to have ended without having been killed, by its name; it was started again
 * @param replicasConverged whether epoch, version and checksum are equal on all
 * @param thetaFinite whether every number of the last θ is one
 */
public record ChaosReport(
        boolean ok,
        List<String> shortfalls,
        String delivery,
        long seed,
        double seconds,
        double requestedPerSecond,
        double acknowledgedPerSecond,
        long acknowledged,
        long learned,
        long lost,
        long duplicated,
        long unacknowledged,
        long missingUpdates,
        Map<String, Long> deadLetters,
        Map<String, Integer> kills,
        Map<String, Integer> pauses,
        Map<String, RecoverySeconds> recoverySeconds,
        Map<String, Integer> endedByThemselves,
        boolean replicasConverged,
        List<ReplicaAgreement.Row> replicas,
        boolean thetaFinite,
        Traffic traffic,
        Machine machine) {

    /** Half of them took no longer than p50. */
    public record RecoverySeconds(double p50, double max) {

        static RecoverySeconds of(List<Double> seconds) {
            List<Double> sorted = seconds.stream().sorted().toList();
            return new RecoverySeconds(sorted.get((sorted.size() - 1) / 2), sorted.get(sorted.size() - 1));
        }
    }
}

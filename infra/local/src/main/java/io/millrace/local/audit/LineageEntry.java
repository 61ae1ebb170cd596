package io.millrace.local.audit;

import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one update says of θ's lineage.
 *
 * @param parentEpoch epoch that this update's epoch goes on from; its own: from nothing
 * @param parentVersion version that this update's epoch goes on from
 * @param trajectoriesTotal trajectories in the lineage, by the learner's own count
 * @param learned hashes of the trajectories learned in this update
 */
public record LineageEntry(
        long epoch, long version, long parentEpoch, long parentVersion, long trajectoriesTotal, long[] learned) {

    /** Of a record of the parameters topic; empty for all but the last chunk of an update. */
    public static Optional<LineageEntry> of(ParameterUpdate update) {
        LearningStats stats = update.getStats();
        if (stats == null) {
            return Optional.empty();
        }
        return Optional.of(new LineageEntry(
                update.getEpoch(),
                update.getVersion(),
                update.getParentEpoch(),
                update.getParentVersion(),
                stats.getTrajectoriesTotal(),
                hashes(stats.getLearnedTrajectories())));
    }

    private static long[] hashes(@Nullable ByteBuffer ledger) {
        if (ledger == null) {
            return new long[0];
        }
        long[] hashes = new long[ledger.remaining() / Long.BYTES];
        ledger.duplicate().asLongBuffer().get(hashes);
        return hashes;
    }
}

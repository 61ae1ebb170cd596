package io.millrace.sdk.replica;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The parameters applied last and when their first output was generated.
 *
 * @param createdAt when the learner published them
 * @param appliedAt when they were applied here
 * @param trajectoriesTotal trajectories in their lineage
 * @param rewardMean of the newest update that had statistics; empty: none yet
 * @param servedAtMillis when the first output was generated from them, milliseconds since the epoch; 0: not yet
 */
record AppliedVersion(
        long epoch,
        long version,
        Instant createdAt,
        Instant appliedAt,
        long trajectoriesTotal,
        OptionalDouble rewardMean,
        AtomicLong servedAtMillis) {

    /** Before anything has been applied. */
    static AppliedVersion none() {
        return new AppliedVersion(0, 0, Instant.EPOCH, Instant.EPOCH, 0, OptionalDouble.empty(), new AtomicLong());
    }

    boolean present() {
        return epoch != 0 || version != 0 || !appliedAt.equals(Instant.EPOCH);
    }

    /** Request path: costs a plain read once the version has been served. */
    void served(long servedEpoch, long servedVersion, Instant at) {
        if (servedAtMillis.getPlain() == 0 && servedEpoch == epoch && servedVersion == version) {
            servedAtMillis.compareAndSet(0, at.toEpochMilli());
        }
    }

    Optional<Instant> firstServedAt() {
        long millis = servedAtMillis.get();
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}

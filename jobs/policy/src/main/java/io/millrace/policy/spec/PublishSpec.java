package io.millrace.policy.spec;

import java.time.Duration;

/**
 * When parameters are published.
 *
 * @param minInterval least time between two updates; steps in between are coalesced
 * @param snapshotEvery time between snapshots
 * @param ledger whether updates carry the hashes of the trajectories learned, for audits
 */
public record PublishSpec(Duration minInterval, Duration snapshotEvery, boolean ledger) {

    public PublishSpec {
        PolicyKeys.MIN_INTERVAL.require(minInterval);
        PolicyKeys.SNAPSHOT_EVERY.require(snapshotEvery);
    }
}

package io.millrace.sdk;

import java.util.List;
import java.util.Map;

/** The update-lag chain: how long feedback takes to be served, by policy and replica. */
public record LagReport(List<ReplicaLag> replicas) {

    /**
     * What one replica has applied of one policy.
     *
     * @param versionsBehind newest version known anywhere minus the version applied; of another epoch: −1
     * @param secondsBehind age of the newest published update that the replica has not applied; 0: none
     * @param linksMillis by link (observedToAppended, appendedToJoined, joinedToPublished, publishedToApplied,
     *     appliedToServed, appendedToApplied): quantiles in milliseconds
     */
    public record ReplicaLag(
            String replica,
            String policy,
            long epoch,
            long version,
            long versionsBehind,
            double secondsBehind,
            boolean checksumMatches,
            Map<String, Quantiles> linksMillis) {}

    public record Quantiles(long count, double p50, double p90, double p99, double max) {}
}

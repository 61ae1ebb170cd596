package io.millrace.sdk;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The update-lag chain: how long feedback takes to be served, by policy and replica. */
public record LagReport(List<ReplicaLag> replicas) {

    public LagReport {
        replicas = List.copyOf(replicas);
    }

    /** What a replica is for. */
    public enum Role {
        SERVING,
        WORKER,
        OTHER
    }

    /**
     * What one replica has applied of one policy.
     *
     * @param versionsBehind newest version known anywhere minus the version applied, as of the replica's report; of another
     *     epoch: −1
     * @param secondsBehind age of the oldest published update that the replica has not applied, as of its report; 0: none
     * @param reportedAt when the replica said so; one that has been silent for 10 seconds is judged by what has been
     *     published since
     * @param linksMillis by link (observedToAppended, appendedToJoined, joinedToPublished, publishedToApplied,
     *     appliedToServed, appendedToApplied): quantiles in milliseconds, since the start of this process
     */
    public record ReplicaLag(
            String replica,
            String policy,
            Role role,
            long epoch,
            long version,
            long versionsBehind,
            double secondsBehind,
            boolean checksumMatches,
            Instant reportedAt,
            Map<String, Quantiles> linksMillis) {}

    public record Quantiles(long count, double p50, double p90, double p99, double max) {}
}

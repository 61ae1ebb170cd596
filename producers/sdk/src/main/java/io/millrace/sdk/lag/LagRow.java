package io.millrace.sdk.lag;

import io.millrace.schemas.ReplicaRole;
import java.time.Instant;
import java.util.Map;

/**
 * What one replica has applied of one policy, as far as it has reported.
 *
 * @param role whether it serves or learns
 * @param versionsBehind of a newer epoch: −1
 * @param secondsBehind age of the oldest update published and not applied; 0: none
 * @param links by link of the chain, milliseconds
 */
public record LagRow(
        String replica,
        String policy,
        ReplicaRole role,
        VersionId applied,
        long versionsBehind,
        double secondsBehind,
        boolean checksumMatches,
        Instant reportedAt,
        Map<String, Summary> links) {

    /** Quantiles of a link in milliseconds. */
    public record Summary(long count, double p50, double p90, double p99, double max) {

        static Summary of(MillisHistogram times) {
            return new Summary(
                    times.count(), times.percentile(50), times.percentile(90), times.percentile(99), times.max());
        }
    }
}

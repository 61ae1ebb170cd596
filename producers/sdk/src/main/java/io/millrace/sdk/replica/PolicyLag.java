package io.millrace.sdk.replica;

import io.millrace.sdk.lag.MillisHistogram;
import io.millrace.sdk.lag.VersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last links of a policy's lag chain since the last heartbeat; belongs to the thread that applies updates.
 *
 * <p>What was published before this replica served is how it caught up, not how far it lags: it does not count.
 */
final class PolicyLag {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyLag.class);

    private final Instant servingSince;
    private final MillisHistogram appendedToApplied = new MillisHistogram();
    private final MillisHistogram publishedToApplied = new MillisHistogram();
    private final MillisHistogram appliedToServed = new MillisHistogram();
    private final List<AppliedVersion> replaced = new ArrayList<>();
    private VersionId newest = new VersionId(-1, -1);

    PolicyLag(Instant servingSince) {
        this.servingSince = servingSince;
    }

    /** Counts an update that has been applied, unless it was before: a resynchronised replica goes over old ground. */
    void applied(VersionId version, Published published, Instant at) {
        if (version.compareTo(newest) <= 0) {
            return;
        }
        newest = version;
        if (published.createdAt().isBefore(servingSince)) {
            return;
        }
        publishedToApplied.record(published.createdAt(), at);
        long sincePublished =
                Math.max(0, at.toEpochMilli() - published.createdAt().toEpochMilli());
        published.appendedToPublished().ifPresent(encoded -> {
            try {
                appendedToApplied.merge(encoded, sincePublished);
            } catch (IllegalArgumentException e) {
                LOG.warn("update lag not counted: {}", e.getMessage());
            }
        });
    }

    /**
     * Takes leave of a version: a request that drew from it may still say so, therefore it is counted at the next heartbeat.
     */
    void replaced(AppliedVersion version) {
        replaced.add(version);
    }

    /** Counts the versions that have been replaced, and have been served, since the last call. */
    void countServed() {
        for (AppliedVersion version : replaced) {
            if (!version.createdAt().isBefore(servingSince)) {
                version.firstServedAt().ifPresent(at -> appliedToServed.record(version.appliedAt(), at));
            }
        }
        replaced.clear();
    }

    MillisHistogram appendedToApplied() {
        return appendedToApplied;
    }

    MillisHistogram publishedToApplied() {
        return publishedToApplied;
    }

    MillisHistogram appliedToServed() {
        return appliedToServed;
    }
}

package io.millrace.sdk.lag;

import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.ReplicaStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the update-lag chain since the start: what was published, and what every replica says that it has applied.
 *
 * <p>The first links come with the updates, the last ones with the replicas' heartbeats. How far a replica is behind is
 * judged when its heartbeat arrives: what is published between two heartbeats is no lag. Only when heartbeats stay out does
 * it fall behind all that has been published since. Thread-safe; not on the path of a request.
 */
public final class LagBook {

    private static final Logger LOG = LoggerFactory.getLogger(LagBook.class);

    /** A heartbeat older than this says nothing of now. */
    private static final Duration SILENT_AFTER = Duration.ofSeconds(10);

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private record Reported(
            ReplicaStatus status, Instant receivedAt, long versionsBehind, double secondsBehind, Links links) {}

    private final Map<String, PublishedVersions> published = new HashMap<>();
    private final Map<String, Links> learnerLinks = new HashMap<>();
    private final Map<ReplicaKey, Reported> reports = new TreeMap<>();

    /** Takes an update off the parameters topic; one seen before has no effect. */
    public synchronized void published(ParameterUpdate update) {
        if (update.getChunk() != update.getChunks() - 1) {
            return;
        }
        boolean newer = published
                .computeIfAbsent(update.getPolicy(), policy -> new PublishedVersions())
                .add(new VersionId(update.getEpoch(), update.getVersion()), update.getCreatedAt());
        LearningStats stats = update.getStats();
        if (newer && stats != null) {
            Links links = learnerLinks.computeIfAbsent(update.getPolicy(), policy -> new Links());
            links.merge("observedToAppended", stats.getObservedToAppended());
            links.merge("appendedToJoined", stats.getAppendedToJoined());
            links.merge("joinedToPublished", stats.getJoinedToPublished());
        }
    }

    /** Takes a replica's heartbeat. */
    public synchronized void heartbeat(ReplicaStatus status, Instant at) {
        var key = new ReplicaKey(status.getPolicy(), status.getReplica());
        Reported before = reports.get(key);
        Links links = before == null ? new Links() : before.links();
        links.merge("publishedToApplied", status.getPublishedToApplied());
        links.merge("appliedToServed", status.getAppliedToServed());
        links.merge("appendedToApplied", status.getAppendedToApplied());
        var applied = new VersionId(status.getEpoch(), status.getVersion());
        PublishedVersions versions = published.getOrDefault(status.getPolicy(), new PublishedVersions());
        reports.put(
                key,
                new Reported(status, at, versions.versionsBehind(applied), versions.secondsBehind(applied, at), links));
    }

    /** Takes a replica's leave: it has ended in order, and is not behind anything. A later heartbeat brings it back. */
    public synchronized void left(ReplicaKey key) {
        reports.remove(key);
    }

    /** Every replica that has reported in the last minutes and not taken its leave, by policy and name. */
    public synchronized List<LagRow> rows(Instant now) {
        reports.values()
                .removeIf(report -> report.receivedAt().plus(FORGOTTEN_AFTER).isBefore(now));
        var rows = new ArrayList<LagRow>();
        for (Reported report : reports.values()) {
            rows.add(row(report, now));
        }
        return rows;
    }

    /** Every link of the chain: those before publication by policy, those after by policy and replica. */
    public synchronized List<LinkTimes> times() {
        var times = new ArrayList<LinkTimes>();
        learnerLinks.forEach((policy, links) -> links.byName.forEach((link, counted) ->
                times.add(LinkTimes.of(link, policy, LinkTimes.LEARNER, LinkTimes.LEARNER, counted))));
        reports.forEach((key, report) -> {
            String role = report.status().getRole().name().toLowerCase(Locale.ROOT);
            report.links()
                    .byName
                    .forEach((link, counted) ->
                            times.add(LinkTimes.of(link, key.policy(), key.replica(), role, counted)));
        });
        return times;
    }

    private LagRow row(Reported report, Instant now) {
        ReplicaStatus status = report.status();
        var applied = new VersionId(status.getEpoch(), status.getVersion());
        boolean silent = report.receivedAt().plus(SILENT_AFTER).isBefore(now);
        PublishedVersions versions = published.getOrDefault(status.getPolicy(), new PublishedVersions());
        var summaries = new TreeMap<String, LagRow.Summary>();
        learnerLinks.getOrDefault(status.getPolicy(), new Links()).summarise(summaries);
        report.links().summarise(summaries);
        return new LagRow(
                status.getReplica(),
                status.getPolicy(),
                status.getRole(),
                applied,
                silent ? versions.versionsBehind(applied) : report.versionsBehind(),
                silent ? versions.secondsBehind(applied, now) : report.secondsBehind(),
                status.getChecksumMatches(),
                status.getReportedAt(),
                summaries);
    }

    /** Histograms by link. */
    private static final class Links {
        private final Map<String, MillisHistogram> byName = new TreeMap<>();

        void merge(String link, @Nullable ByteBuffer encoded) {
            if (encoded == null) {
                return;
            }
            try {
                byName.computeIfAbsent(link, name -> new MillisHistogram()).merge(encoded, 0);
            } catch (IllegalArgumentException e) {
                LOG.warn("link {} not counted: {}", link, e.getMessage());
            }
        }

        void summarise(Map<String, LagRow.Summary> summaries) {
            byName.forEach((link, times) -> summaries.put(link, LagRow.Summary.of(times)));
        }
    }
}

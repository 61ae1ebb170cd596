package io.millrace.sdk.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The newest published versions of one policy and when they were published. */
final class PublishedVersions {

    /** At 20 updates a second, the last three minutes; what is further behind is reported as at least that. */
    private static final int KEPT = 4_096;

    private final TreeMap<VersionId, Instant> createdAt = new TreeMap<>();

    /** Takes a version; true when it is newer than all before. */
    boolean add(VersionId version, Instant at) {
        if (!createdAt.isEmpty() && version.compareTo(createdAt.lastKey()) <= 0) {
            return false;
        }
        createdAt.put(version, at);
        if (createdAt.size() > KEPT) {
            createdAt.pollFirstEntry();
        }
        return true;
    }

    /** Versions between {@code applied} and the newest; −1 when that is of a newer epoch; 0 when nothing is known. */
    long versionsBehind(VersionId applied) {
        if (createdAt.isEmpty() || createdAt.lastKey().compareTo(applied) <= 0) {
            return 0;
        }
        VersionId newest = createdAt.lastKey();
        return newest.epoch() == applied.epoch() ? newest.version() - applied.version() : -1;
    }

    /** Age of the oldest version known that is newer than {@code applied}; 0 when there is none. */
    double secondsBehind(VersionId applied, Instant now) {
        Map.Entry<VersionId, Instant> oldest = createdAt.higherEntry(applied);
        if (oldest == null) {
            return 0;
        }
        return Math.max(0, Duration.between(oldest.getValue(), now).toMillis() / 1_000.0);
    }
}

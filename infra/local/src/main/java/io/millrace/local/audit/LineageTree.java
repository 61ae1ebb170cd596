package io.millrace.local.audit;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Every update of one policy, by (epoch, version). A restored learner rewinds θ and opens a new epoch at the version that
 * it goes on from, so the updates form a tree, and what θ has learned is what stands on the path from its root to the
 * newest update: later versions of an abandoned epoch do not count. Seeing an update twice changes nothing. Safe for use
 * by several threads.
 */
public final class LineageTree {

    private final NavigableMap<Long, Epoch> epochs = new TreeMap<>();

    private record Epoch(long parentEpoch, long parentVersion, NavigableMap<Long, LineageEntry> byVersion) {}

    /**
     * Where θ stands by the newest update.
     *
     * @param trajectoriesTotal by the learner's own count
     */
    public record Head(long epoch, long version, long trajectoriesTotal) {
        static final Head NONE = new Head(0, 0, 0);
    }

    /**
     * The path to the newest update.
     *
     * @param learned hashes of all trajectories on it
     * @param missingUpdates versions on it that were never seen
     */
    public record Path(long[] learned, long missingUpdates) {}

    public synchronized void add(LineageEntry entry) {
        epochs.computeIfAbsent(
                        entry.epoch(), epoch -> new Epoch(entry.parentEpoch(), entry.parentVersion(), new TreeMap<>()))
                .byVersion
                .putIfAbsent(entry.version(), entry);
    }

    /** The highest version of the highest epoch. */
    public synchronized Head head() {
        if (epochs.isEmpty()) {
            return Head.NONE;
        }
        LineageEntry newest =
                epochs.lastEntry().getValue().byVersion.lastEntry().getValue();
        return new Head(newest.epoch(), newest.version(), newest.trajectoriesTotal());
    }

    /** Walks from the newest update to the root. */
    public synchronized Path path() {
        LongStream.Builder learned = LongStream.builder();
        long missing = 0;
        Head head = head();
        long epochId = head.epoch();
        long upTo = head.version();
        for (Epoch epoch = epochs.get(epochId); epoch != null; epoch = epochs.get(epochId)) {
            boolean root = epoch.parentEpoch == epochId;
            // The opening snapshot carries the parent's version and nothing learned; a root opens at version 0.
            long opening = root ? 0 : epoch.parentVersion;
            var seen = epoch.byVersion.subMap(opening, false, upTo, true);
            seen.values().forEach(entry -> LongStream.of(entry.learned()).forEach(learned::add));
            missing += Math.max(0, upTo - opening) - seen.size();
            if (root) {
                return new Path(learned.build().toArray(), missing);
            }
            epochId = epoch.parentEpoch;
            upTo = epoch.parentVersion;
        }
        return new Path(learned.build().toArray(), missing + upTo);
    }
}

package io.millrace.learner.parameters;

/**
 * Holds updates back while rewards arrive too many versions late, so that they are learned from instead of thrown away.
 *
 * <p>Staleness counts versions, and how many versions a reward is late is the learner's own doing: its delay by the clock,
 * divided by the time between updates. So when the stalest of an update is more than half the limit L old, updates come
 * no faster than one every 2 age / L; when it is not, that interval shrinks by a tenth an update. Steps go on meanwhile and
 * are published together. A delay that doubles from one update to the next still stays within L.
 */
final class StalenessPace {

    /** Publications remembered: no age can be told of what is older. */
    private static final int REMEMBERED = 1024;

    /** Nobody waits longer than this for an update; milliseconds. */
    static final long MAX_INTERVAL_MS = 60_000;

    private static final double RELAXED = 0.9;

    private final long[] publishedAtMs = new long[REMEMBERED];
    private long publications;
    private double intervalMs;

    /**
     * An update is published.
     *
     * @param stalest largest staleness that has arrived since the last one, learned or refused; versions
     * @param limit largest staleness that is learned; versions
     */
    void published(long nowMs, long stalest, long limit) {
        if (stalest > limit / 2 && publications > 0) {
            double needed = 2.0 * ageMs(nowMs, stalest) / Math.max(1, limit);
            intervalMs = Math.min(MAX_INTERVAL_MS, Math.max(intervalMs, needed));
        } else {
            intervalMs *= RELAXED;
        }
        publishedAtMs[(int) (publications++ % REMEMBERED)] = nowMs;
    }

    /** At least so old is what was generated {@code staleness} versions ago: the next version was published after it. */
    private long ageMs(long nowMs, long staleness) {
        long versions = Math.max(1, Math.min(staleness, Math.min(publications, REMEMBERED)));
        return nowMs - publishedAtMs[(int) ((publications - versions) % REMEMBERED)];
    }

    /** Least time between two updates; milliseconds. */
    long intervalMs() {
        return (long) intervalMs;
    }
}

package io.millrace.sdk.lag;

import java.util.List;

/**
 * How long one link of the update-lag chain took, since the start of this process, as a histogram of fixed buckets.
 *
 * @param link such as {@code appendedToApplied}
 * @param replica whose link it is; the links before publication belong to {@value #LEARNER}
 * @param role of the replica in lower case
 * @param count times counted
 * @param sumMillis their sum, milliseconds
 * @param atMost how many of them were no longer than each of {@link #BUCKETS_MILLIS}, in that order
 */
public record LinkTimes(
        String link, String policy, String replica, String role, long count, double sumMillis, List<Long> atMost) {

    /** Name and role of the only one that publishes. */
    public static final String LEARNER = "learner";

    /** Upper bounds in milliseconds: finest where an update lag should be, up to feedback that a client sent an hour late. */
    public static final List<Long> BUCKETS_MILLIS = List.of(
            5L,
            10L,
            20L,
            40L,
            60L,
            80L,
            100L,
            150L,
            250L,
            500L,
            1_000L,
            2_500L,
            10_000L,
            60_000L,
            600_000L,
            3_600_000L);

    public LinkTimes {
        atMost = List.copyOf(atMost);
        if (atMost.size() != BUCKETS_MILLIS.size()) {
            throw new IllegalArgumentException(
                    "link times: expected " + BUCKETS_MILLIS.size() + " buckets, found " + atMost.size());
        }
    }

    static LinkTimes of(String link, String policy, String replica, String role, MillisHistogram times) {
        return new LinkTimes(
                link,
                policy,
                replica,
                role,
                times.count(),
                times.sum(),
                BUCKETS_MILLIS.stream().map(times::countAtMost).toList());
    }
}

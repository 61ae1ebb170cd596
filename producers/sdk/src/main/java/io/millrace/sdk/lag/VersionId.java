package io.millrace.sdk.lag;

import java.util.Comparator;

/** Identity of parameters: versions grow within an epoch, and every restored learner opens a higher epoch. */
public record VersionId(long epoch, long version) implements Comparable<VersionId> {

    private static final Comparator<VersionId> ORDER =
            Comparator.comparingLong(VersionId::epoch).thenComparingLong(VersionId::version);

    @Override
    public int compareTo(VersionId other) {
        return ORDER.compare(this, other);
    }
}

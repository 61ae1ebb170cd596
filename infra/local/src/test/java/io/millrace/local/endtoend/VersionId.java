package io.millrace.local.endtoend;

import java.util.Comparator;

/** θ's identity. Ordered as replicas move through it: by epoch, then by version. */
record VersionId(long epoch, long version) implements Comparable<VersionId> {

    private static final Comparator<VersionId> ORDER =
            Comparator.comparingLong(VersionId::epoch).thenComparingLong(VersionId::version);

    @Override
    public int compareTo(VersionId other) {
        return ORDER.compare(this, other);
    }
}

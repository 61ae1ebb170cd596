package io.millrace.learner.gradient;

import io.millrace.policy.parameters.ParameterReplica;

/**
 * Whether a replica that an update did not fit comes right by itself.
 *
 * <p>A single stray record must not stop the job: the next real update still fits what is held, however long it takes to come.
 * Where an update is really missing none fits any more, and only a new epoch's snapshot helps. So one gap alone proves nothing,
 * and two do; a damaged update may have been a real one, and proves it at once.
 */
final class Healing {

    private final ParameterReplica replica;
    private boolean awaited;
    private int gaps;
    private long lastGapVersion;

    Healing(ParameterReplica replica) {
        this.replica = replica;
    }

    /** An update fits: all is well. */
    void sawFit() {
        gaps = 0;
    }

    /** An update, or one more chunk of it, goes on from a version that is not held. */
    void sawGap(long version) {
        if (gaps == 0 || version != lastGapVersion) {
            gaps++;
        }
        lastGapVersion = version;
    }

    /** Begins to wait; false while it is waiting. */
    boolean begin() {
        boolean begins = !awaited;
        awaited = true;
        return begins;
    }

    /** Ends the wait; whether the replica will not come right. */
    boolean hasFailed() {
        awaited = false;
        return replica.needsResync() && (gaps != 1 || !replica.checksumMatches());
    }
}

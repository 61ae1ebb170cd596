package io.millrace.policy.parameters;

/**
 * What a replica holds and what it may take next: the rules of epochs and versions, and nothing else. Immutable.
 *
 * <p>θ's identity is the pair (epoch, version). A delta goes on from exactly one of them; a snapshot stands for itself.
 * Invariants: a pair is only reached through the update that bears it; an epoch is never left for a lower one; within an
 * epoch the version only falls by a snapshot that heals.
 */
record ReplicaState(Condition condition, long epoch, long version, int chain, boolean checksumMatches) {

    static final ReplicaState EMPTY = new ReplicaState(Condition.EMPTY, 0, 0, 0, true);

    enum Condition {
        /** Nothing held yet. */
        EMPTY,
        /** θ is what its version says, and nothing is known to be missing. */
        FOLLOWING,
        /** θ is what its version says, but an update after it was missed or damaged. */
        BEHIND,
        /** θ is not what its version says: only a snapshot can mend it. */
        WRONG
    }

    /** What to do with an update, before its payload is looked at. */
    enum Verdict {
        /** Collect its chunks, then apply. */
        WANTED,
        /** A snapshot of exactly what is held: compare checksums. */
        AUDIT,
        /** Older than what is held, or the same. */
        IGNORED,
        /** Goes on from something that is not held. */
        GAP
    }

    boolean ready() {
        return condition != Condition.EMPTY;
    }

    boolean needsResync() {
        return condition != Condition.FOLLOWING;
    }

    Verdict judge(UpdateChunk chunk) {
        if (ready() && chunk.epoch() < epoch) {
            return Verdict.IGNORED;
        }
        return chunk.snapshot() ? judgeSnapshot(chunk) : judgeDelta(chunk);
    }

    private Verdict judgeSnapshot(UpdateChunk snapshot) {
        if (needsResync() || snapshot.epoch() > epoch || snapshot.version() > version) {
            return Verdict.WANTED;
        }
        return snapshot.version() == version ? Verdict.AUDIT : Verdict.IGNORED;
    }

    private Verdict judgeDelta(UpdateChunk delta) {
        if (!ready() || delta.epoch() > epoch) {
            return Verdict.GAP;
        }
        if (delta.version() <= version) {
            return Verdict.IGNORED;
        }
        boolean fits = condition != Condition.WRONG && delta.baseVersion() == version;
        return fits ? Verdict.WANTED : Verdict.GAP;
    }

    ReplicaState afterSnapshot(UpdateChunk snapshot) {
        return new ReplicaState(Condition.FOLLOWING, snapshot.epoch(), snapshot.version(), snapshot.chain(), true);
    }

    /** Its chain goes on from that of θ, so what was damaged before has done no harm: a delta to a wrong θ is a gap. */
    ReplicaState afterDelta(UpdateChunk delta) {
        return new ReplicaState(Condition.FOLLOWING, epoch, delta.version(), delta.chain(), true);
    }

    ReplicaState afterGap() {
        return ready() && condition != Condition.WRONG ? with(Condition.BEHIND, checksumMatches) : this;
    }

    /** An update was damaged: θ has not changed, and is as good as before. */
    ReplicaState afterDamagedUpdate() {
        return with(condition == Condition.FOLLOWING ? Condition.BEHIND : condition, false);
    }

    /** θ itself did not have the checksum that its version has. */
    ReplicaState afterFailedAudit() {
        return with(Condition.WRONG, false);
    }

    private ReplicaState with(Condition newCondition, boolean matches) {
        return new ReplicaState(newCondition, epoch, version, chain, matches);
    }
}

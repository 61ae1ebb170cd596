package io.millrace.policy.parameters;

import io.millrace.policy.parameters.ReplicaState.Verdict;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A copy of one policy's θ that follows its updates, bit for bit.
 *
 * <p>One thread writes: it offers every chunk that it finds, in the order in which it finds them, from the parameter topic
 * and, when {@link #needsResync} says so, from the snapshots. What may be applied is decided by {@link ReplicaState}, how θ is
 * kept by {@link ParameterStore}; this class checks, collects, and does what they say. An update is applied whole or not at
 * all, after its length, content and checksum have been checked.
 */
public final class ParameterReplica {

    /** What became of an offered chunk. */
    public enum Outcome {
        /** Complete and applied: the version has moved. */
        APPLIED,
        /** Kept; more chunks of the same update must come. */
        PARTIAL,
        /** Of an older epoch or version, or a duplicate: no effect. */
        IGNORED,
        /** A delta whose base is not held: the replica must be resynchronised from a snapshot. */
        GAP,
        /**
         * Payload, length or checksum is wrong: no effect on θ; or an audit found that θ itself is not what its version
         * says. The replica must be resynchronised.
         */
        CORRUPT
    }

    private final String policy;
    private final ParameterStore store;
    private final SnapshotPayload snapshot;
    private final ChunkAssembly snapshotChunks = new ChunkAssembly();
    private final ChunkAssembly deltaChunks = new ChunkAssembly();
    private final AtomicInteger stripes = new AtomicInteger();

    /** Read into next; the other one may still be needed by the store. */
    private DeltaPayload delta;

    private DeltaPayload deltaBefore;

    private volatile ReplicaState state = ReplicaState.EMPTY;
    private volatile String lastProblem = "";

    private ParameterReplica(String policy, ParameterLayout layout, ParameterStore store) {
        this.policy = policy;
        this.store = store;
        this.snapshot = new SnapshotPayload(layout);
        this.delta = new DeltaPayload(layout);
        this.deltaBefore = new DeltaPayload(layout);
    }

    /** A replica read by the thread that writes it, such as a worker of the job: one copy of θ. */
    public static ParameterReplica singleThreaded(String policy, ParameterLayout layout) {
        return new ParameterReplica(policy, layout, new SingleCopy(layout));
    }

    /**
     * A replica read by many threads while one writes: readers never wait and never see half of an update; two copies of
     * θ, see {@link DoubleBuffer} for why that is right.
     */
    public static ParameterReplica concurrent(String policy, ParameterLayout layout) {
        return new ParameterReplica(policy, layout, new DoubleBuffer(layout));
    }

    /** Writer only: takes a chunk, and applies its update once that is complete. */
    public Outcome offer(UpdateChunk chunk) {
        Verdict verdict = state.judge(chunk);
        if (verdict == Verdict.IGNORED) {
            return answer(Outcome.IGNORED, chunk, "expected something newer, found what is not");
        }
        try {
            requireHeader(chunk);
            return switch (verdict) {
                case IGNORED, AUDIT -> auditHeld(chunk);
                case GAP -> gap(chunk);
                case WANTED -> collect(chunk);
            };
        } catch (CorruptPayloadException e) {
            state = state.afterDamagedUpdate();
            return answer(Outcome.CORRUPT, chunk, e.problem());
        }
    }

    private void requireHeader(UpdateChunk chunk) throws CorruptPayloadException {
        if (!chunk.policy().equals(policy)) {
            throw new CorruptPayloadException("expected policy '" + policy + "', found '" + chunk.policy() + "'");
        }
        if (chunk.chunks() < 1 || chunk.chunks() > ChunkAssembly.MAX_CHUNKS) {
            throw new CorruptPayloadException(
                    "expected 1 to " + ChunkAssembly.MAX_CHUNKS + " chunks, found " + chunk.chunks());
        }
        if (chunk.chunk() < 0 || chunk.chunk() >= chunk.chunks()) {
            throw new CorruptPayloadException(
                    "expected a chunk from 0 to " + (chunk.chunks() - 1) + ", found " + chunk.chunk());
        }
        encoding(chunk);
    }

    private static Encoding encoding(UpdateChunk chunk) throws CorruptPayloadException {
        return Encoding.of(chunk.encoding())
                .filter(encoding -> encoding.snapshot() == chunk.snapshot())
                .orElseThrow(() -> new CorruptPayloadException("expected an encoding of a "
                        + (chunk.snapshot() ? "snapshot" : "delta") + ", found '" + chunk.encoding() + "'"));
    }

    private Outcome collect(UpdateChunk chunk) throws CorruptPayloadException {
        ChunkAssembly chunks = chunk.snapshot() ? snapshotChunks : deltaChunks;
        return switch (chunks.add(chunk)) {
            case IGNORED ->
                answer(Outcome.IGNORED, chunk, "expected a missing chunk, found one already held or outdated");
            case PARTIAL -> answer(Outcome.PARTIAL, chunk, "expected " + chunk.chunks() + " chunks, found some so far");
            case COMPLETE -> chunk.snapshot() ? applySnapshot(chunk, chunks.take()) : applyDelta(chunk, chunks.take());
        };
    }

    private Outcome applySnapshot(UpdateChunk chunk, byte[] payload) throws CorruptPayloadException {
        snapshot.read(encoding(chunk), payload);
        requireChecksum("CRC-32C", chunk.checksum(), snapshot.checksum());
        store.replace(snapshot, chunk.epoch(), chunk.version());
        deltaChunks.discardBasedBefore(chunk);
        state = state.afterSnapshot(chunk);
        lastProblem = "";
        return Outcome.APPLIED;
    }

    private Outcome applyDelta(UpdateChunk chunk, byte[] payload) throws CorruptPayloadException {
        requireChecksum("checksum chain", chunk.checksum(), Checksums.chain(state.chain(), payload));
        requireChecksum("chain after the delta", chunk.checksum(), chunk.chain());
        delta.read(encoding(chunk), payload);
        store.add(delta, chunk.epoch(), chunk.version());
        DeltaPayload added = delta;
        delta = deltaBefore;
        deltaBefore = added;
        state = state.afterDelta(chunk);
        lastProblem = "";
        return chunk.audited() ? audit(chunk, chunk.thetaChecksum(), Outcome.APPLIED) : Outcome.APPLIED;
    }

    /** One audit a snapshot is enough: at its first chunk. */
    private Outcome auditHeld(UpdateChunk snapshotOfHeld) {
        return snapshotOfHeld.chunk() == 0
                ? audit(snapshotOfHeld, snapshotOfHeld.checksum(), Outcome.IGNORED)
                : answer(Outcome.IGNORED, snapshotOfHeld, "expected something newer, found what is held");
    }

    private Outcome audit(UpdateChunk chunk, int expected, Outcome whenRight) {
        int found = Checksums.of(store.newest());
        if (found != expected) {
            state = state.afterFailedAudit();
            return answer(
                    Outcome.CORRUPT,
                    chunk,
                    "expected parameters of CRC-32C %08x, found %08x".formatted(expected, found));
        }
        lastProblem = "";
        return whenRight;
    }

    private Outcome gap(UpdateChunk delta) {
        deltaChunks.discardOlderThan(delta);
        state = state.afterGap();
        return answer(
                Outcome.GAP,
                delta,
                "expected one that goes on from epoch %d, version %d, found one from version %d"
                        .formatted(state.epoch(), state.version(), delta.baseVersion()));
    }

    private Outcome answer(Outcome outcome, UpdateChunk chunk, String problem) {
        String action = outcome == Outcome.PARTIAL ? "incomplete" : outcome == Outcome.IGNORED ? "ignored" : "rejected";
        String remedy = state.ready() ? "keeping version " + state.version() : "waiting for a snapshot";
        lastProblem = "%s %s: %s (policy '%s', epoch %d, version %d); %s"
                .formatted(
                        chunk.snapshot() ? "Snapshot" : "Delta",
                        action,
                        problem,
                        policy,
                        chunk.epoch(),
                        chunk.version(),
                        remedy);
        return outcome;
    }

    private static void requireChecksum(String name, int expected, int found) throws CorruptPayloadException {
        if (found != expected) {
            throw new CorruptPayloadException("expected %s %08x, found %08x".formatted(name, expected, found));
        }
    }

    /** Any thread: runs {@code reader} on θ as it is now; the view must not escape. */
    public <T> T read(Function<Parameters, T> reader) {
        int stripe = (int) Thread.currentThread().getId();
        ParameterStore.View view = enter(stripe);
        try {
            return reader.apply(view.parameters());
        } finally {
            leave(view, stripe);
        }
    }

    /** A reader for one other thread, or this one, that allocates nothing when it reads. */
    public ParameterReader reader() {
        return new ParameterReader(this, stripes.getAndIncrement());
    }

    ParameterStore.View enter(int stripe) {
        if (!ready()) {
            throw new IllegalStateException("parameters opened: expected an applied snapshot, found none (policy '"
                    + policy + "'); wait until the replica is ready");
        }
        return store.enter(stripe);
    }

    void leave(ParameterStore.View view, int stripe) {
        store.leave(view, stripe);
    }

    public String policy() {
        return policy;
    }

    /** True once a snapshot has been applied. */
    public boolean ready() {
        return state.ready();
    }

    /**
     * True while nothing is held, or something is known to be missing or wrong: the writer should offer the chunks of the
     * last snapshot. It also heals by a newer snapshot, or by the missing update.
     */
    public boolean needsResync() {
        return state.needsResync();
    }

    /** Epoch of what is held; 0 when nothing is. */
    public long epoch() {
        return state.epoch();
    }

    /** Version, within the epoch, of what is held. */
    public long version() {
        return state.version();
    }

    /** Value of the checksum chain at what is held. */
    public int chain() {
        return state.chain();
    }

    /** False once an update or audit has not matched, until the next snapshot is applied. */
    public boolean checksumMatches() {
        return state.checksumMatches();
    }

    /** CRC-32C of the whole vector, computed now; any thread, where the replica is a concurrent one. */
    public int thetaChecksum() {
        return read(theta -> Checksums.of(theta.values()));
    }

    /** Why the last chunk was not applied, for people; empty when it was. */
    public String lastProblem() {
        return lastProblem;
    }
}

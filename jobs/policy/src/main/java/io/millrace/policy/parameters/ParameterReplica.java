package io.millrace.policy.parameters;

import java.util.function.Function;

/** A copy of one policy's θ that follows its updates. CONTRACT ONLY: to be filled in. */
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
        /** Payload, length or checksum is wrong: no effect on θ; the replica must be resynchronised. */
        CORRUPT
    }

    /** A replica read by the thread that writes it, such as a worker of the job: one copy of θ. */
    public static ParameterReplica singleThreaded(String policy, ParameterLayout layout) {
        throw new UnsupportedOperationException();
    }

    /** A replica read by many threads while one writes: readers never wait and never see half of an update. */
    public static ParameterReplica concurrent(String policy, ParameterLayout layout) {
        throw new UnsupportedOperationException();
    }

    /** Writer only. */
    public Outcome offer(UpdateChunk chunk) {
        throw new UnsupportedOperationException();
    }

    /** Any thread: runs {@code reader} on θ as it is now; the view must not escape. */
    public <T> T read(Function<Parameters, T> reader) {
        throw new UnsupportedOperationException();
    }

    /** True once a snapshot has been applied. */
    public boolean ready() {
        throw new UnsupportedOperationException();
    }

    public long epoch() {
        throw new UnsupportedOperationException();
    }

    public long version() {
        throw new UnsupportedOperationException();
    }

    public int chain() {
        throw new UnsupportedOperationException();
    }

    /** False once an update or audit has not matched, until the next snapshot is applied. */
    public boolean checksumMatches() {
        throw new UnsupportedOperationException();
    }

    /** CRC-32C of the whole vector, computed now. */
    public int thetaChecksum() {
        throw new UnsupportedOperationException();
    }

    /** Why the last chunk was not applied, for people; empty when it was. */
    public String lastProblem() {
        throw new UnsupportedOperationException();
    }
}

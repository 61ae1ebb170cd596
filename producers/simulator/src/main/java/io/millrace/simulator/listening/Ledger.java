package io.millrace.simulator.listening;

import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * The hashes of the trajectories that must be learned exactly once: those whose generation and one reward at least were
 * acknowledged. Grows by eight bytes for each. Safe for use by several threads.
 */
public final class Ledger {

    private static final int FIRST_CAPACITY = 1 << 12;

    private final ToLongFunction<String> hash;
    private long[] hashes = new long[FIRST_CAPACITY];
    private int size;

    /**
     * @param hash of a trajectory's id, the one that the learner's lineage uses
     */
    public Ledger(ToLongFunction<String> hash) {
        this.hash = hash;
    }

    void expect(String trajectoryId) {
        append(hash.applyAsLong(trajectoryId));
    }

    private synchronized void append(long value) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        hashes[size++] = value;
    }

    /** All so far, in the order of acknowledgement. */
    public synchronized long[] snapshot() {
        return Arrays.copyOf(hashes, size);
    }
}

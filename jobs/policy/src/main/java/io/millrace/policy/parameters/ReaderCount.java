package io.millrace.policy.parameters;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts the readers inside, on stripes that lie on different cache lines so that readers do not slow each other down. */
final class ReaderCount {

    /** Longs between two stripes: 128 bytes, a cache line and its neighbour that is fetched along with it. */
    private static final int STRIDE = 16;

    private static final int STRIPES =
            Integer.highestOneBit(4 * Math.min(32, Runtime.getRuntime().availableProcessors()));

    private final AtomicLongArray counts = new AtomicLongArray(STRIPES * STRIDE);

    void enter(int stripe) {
        counts.getAndIncrement(at(stripe));
    }

    void leave(int stripe) {
        counts.getAndDecrement(at(stripe));
    }

    /** True when every stripe was seen at zero, one after the other. */
    boolean isEmpty() {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            if (counts.get(at(stripe)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int at(int stripe) {
        return (stripe & (STRIPES - 1)) * STRIDE;
    }
}

package io.millrace.policy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that the current thread allocates. */
public final class Allocations {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 2_000;

    private Allocations() {}

    /** Mean bytes a run, once scratch space has grown and the code is compiled. */
    public static double perRun(Runnable work) {
        for (int i = 0; i < WARM_UP; i++) {
            work.run();
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < MEASURED; i++) {
            work.run();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) MEASURED;
    }
}

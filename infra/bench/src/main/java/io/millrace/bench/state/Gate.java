package io.millrace.bench.state;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the source of a job in this JVM go on step by step, and counts what comes out at the other end. One job at a time: Flink
 * makes copies of its functions, so they meet here.
 */
final class Gate {

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition CHANGED = LOCK.newCondition();

    private static final long LITTLE_NANOS = 1_000_000;

    private static long allowed;
    private static long joined;

    private Gate() {}

    static void reset() {
        LOCK.lock();
        try {
            allowed = 0;
            joined = 0;
        } finally {
            LOCK.unlock();
        }
    }

    /** Events before this position may pass. */
    static void allow(long position) {
        LOCK.lock();
        try {
            allowed = position;
            CHANGED.signalAll();
        } finally {
            LOCK.unlock();
        }
    }

    /** In the source: whether this event may pass. Waits a little before it says no, so that asking again costs nothing. */
    static boolean pass(long position) throws InterruptedException {
        LOCK.lockInterruptibly();
        try {
            long left = LITTLE_NANOS;
            while (position >= allowed && left > 0) {
                left = CHANGED.awaitNanos(left);
            }
            return position < allowed;
        } finally {
            LOCK.unlock();
        }
    }

    /** In the sink. */
    static void count() {
        LOCK.lock();
        try {
            joined++;
            CHANGED.signalAll();
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * Waits until so many trajectories have been joined since the reset.
     *
     * @throws TimeoutException when none is joined for that long
     */
    static void awaitJoined(long trajectories, Duration patience) throws InterruptedException, TimeoutException {
        LOCK.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (joined < trajectories) {
                long before = joined;
                left = CHANGED.awaitNanos(left);
                if (joined > before) {
                    left = patience.toNanos();
                } else if (left <= 0) {
                    throw new TimeoutException("expected " + trajectories + " joined trajectories, found " + joined
                            + ", and no more for " + TimeUnit.NANOSECONDS.toSeconds(patience.toNanos()) + " s");
                }
            }
        } finally {
            LOCK.unlock();
        }
    }
}

package io.millrace.local.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command run until somebody interrupts the process, and come to its end in order: the process ends only when
 * {@link #close} has been called.
 */
final class UntilStopped implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private volatile Runnable onStop = () -> {};

    private UntilStopped() {}

    static UntilStopped begin() {
        UntilStopped running = new UntilStopped();
        Runtime.getRuntime().addShutdownHook(running.hook);
        return running;
    }

    /** What to do, on a thread of its own, when the process is asked to end. */
    void whenAsked(Runnable action) {
        onStop = action;
    }

    /** Waits until the process is asked to end. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Waits so long at most; true when the process is asked to end. */
    boolean await(Duration atMost) throws InterruptedException {
        return asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stop() {
        asked.countDown();
        onStop.run();
        try {
            if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("millrace: did not stop within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        if (asked.getCount() > 0) {
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process has begun to end in this very moment: the hook runs, and finds that all is done.
            asked.countDown();
        }
    }
}

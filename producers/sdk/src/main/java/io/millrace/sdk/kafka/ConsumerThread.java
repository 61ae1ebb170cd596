package io.millrace.sdk.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives a {@link Follower} on a thread and a consumer of its own, and starts it anew, after a pause, whenever it fails. */
public final class ConsumerThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerThread.class);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Follower follower;
    private final Duration pause;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param consumers makes the consumer, again after each failure
     * @param pause between a failure and the next start
     */
    public ConsumerThread(
            String name, Supplier<Consumer<byte[], byte[]>> consumers, Follower follower, Duration pause) {
        this.consumers = consumers;
        this.follower = follower;
        this.pause = pause;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!closed()) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                follower.begin(consumer);
                while (!closed()) {
                    follower.round(consumer);
                }
            } catch (WakeupException | org.apache.kafka.common.errors.InterruptException interrupted) {
                return;
            } catch (RuntimeException | Error e) {
                // Errors too: a thread that ended would leave its replica serving what it holds for ever, and looking
                // well.
                LOG.warn("{} failed, trying again in {}: {}", thread.getName(), pause, e.toString());
                LOG.debug("{} failed", thread.getName(), e);
                rest();
            }
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    private void rest() {
        try {
            if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("{} closes", thread.getName());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            closing.countDown();
        }
    }

    /** Ends the thread after its round and waits for it. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.millrace.sdk.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to Kafka and says when they are safe.
 *
 * <p>One producer serves all topics: batches are kept by partition anyway, so a second producer would add a sender thread
 * and a connection and gain nothing, while one buffer bounds all that waits. What waits is counted here and refused at a
 * bound below the producer's own, at which the producer would hold the caller instead of refusing.
 *
 * <p>A producer that cannot reach Kafka holds whoever sends until its {@code max.block.ms} have passed. Once it has done so,
 * only one caller at a time finds out whether it still does, and all others are refused at once.
 */
public final class RecordLog implements AutoCloseable {

    /** Of the 32 MiB that the producer buffers by default; batches are not always full. */
    private static final long MAX_WAITING_BYTES = 20L * 1024 * 1024;

    /** What the producer adds to a record, about. */
    private static final int RECORD_OVERHEAD_BYTES = 80;

    /** Told once what became of a record; runs on the producer's thread and must not block it. */
    @FunctionalInterface
    public interface Acknowledgement {

        /** The record is safe when {@code failure} is empty. */
        void done(Optional<Exception> failure);
    }

    private final Producer<byte[], byte[]> producer;
    private final long maxWaitingBytes;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile boolean blocking;

    public RecordLog(Producer<byte[], byte[]> producer) {
        this(producer, MAX_WAITING_BYTES);
    }

    RecordLog(Producer<byte[], byte[]> producer, long maxWaitingBytes) {
        this.producer = producer;
        this.maxWaitingBytes = maxWaitingBytes;
    }

    /** Appends a record; {@code acknowledgement} is told in every case, perhaps before this returns. */
    public void append(String topic, byte[] key, byte[] value, Acknowledgement acknowledgement) {
        hand(topic, key, value, key.length + value.length, acknowledgement);
    }

    /** Appends that nothing is known under a key any more; otherwise as {@link #append}. */
    public void delete(String topic, byte[] key, Acknowledgement acknowledgement) {
        hand(topic, key, null, key.length, acknowledgement);
    }

    private void hand(String topic, byte[] key, byte @Nullable [] value, int length, Acknowledgement acknowledgement) {
        int bytes = length + RECORD_OVERHEAD_BYTES;
        if (waitingBytes.addAndGet(bytes) > maxWaitingBytes) {
            waitingBytes.addAndGet(-bytes);
            acknowledgement.done(Optional.of(new KafkaException(
                    "expected less than " + maxWaitingBytes + " bytes to wait for Kafka, found more")));
            return;
        }
        var once = new Once(bytes, acknowledgement);
        if (!blocking) {
            send(topic, key, value, once);
        } else if (probing.compareAndSet(false, true)) {
            try {
                send(topic, key, value, once);
            } finally {
                probing.set(false);
            }
        } else {
            once.done(new KafkaException("Kafka not to be reached"));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told what the future would say.
    private void send(String topic, byte[] key, byte @Nullable [] value, Once once) {
        try {
            producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> once.done(failure));
        } catch (KafkaException | IllegalStateException refused) {
            once.done(refused);
        }
        boolean blocked = once.timedOut();
        if (blocked != blocking) {
            blocking = blocked;
        }
    }

    /** Bytes handed over that Kafka has not acknowledged, about. */
    public long waitingBytes() {
        return waitingBytes.get();
    }

    /** Waits for what has been handed over, at most so long. */
    public void close(Duration timeout) {
        producer.close(timeout);
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    /** Some failures reach the producer's callback and its caller both. */
    private final class Once {
        private final int bytes;
        private final Acknowledgement acknowledgement;
        private boolean told;
        private boolean timedOut;

        Once(int bytes, Acknowledgement acknowledgement) {
            this.bytes = bytes;
            this.acknowledgement = acknowledgement;
        }

        void done(@Nullable Exception failure) {
            synchronized (this) {
                if (told) {
                    return;
                }
                told = true;
                timedOut = failure instanceof TimeoutException;
            }
            waitingBytes.addAndGet(-bytes);
            acknowledgement.done(Optional.ofNullable(failure));
        }

        synchronized boolean timedOut() {
            return timedOut;
        }
    }
}

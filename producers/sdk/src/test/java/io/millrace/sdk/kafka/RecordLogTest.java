package io.millrace.sdk.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RecordLogTest {

    private final MockProducer<byte[], byte[]> producer = slowProducer();
    private final List<Optional<Exception>> told = new ArrayList<>();

    @Test
    void tellsWhatBecameOfARecordOnlyOnceKafkaSaysSo() {
        var log = new RecordLog(producer);
        append(log, 10);
        append(log, 10);
        assertThat(told).isEmpty();
        assertThat(log.waitingBytes()).isPositive();

        producer.completeNext();
        producer.errorNext(new TimeoutException("too late"));

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isEmpty();
        assertThat(told.get(1)).containsInstanceOf(TimeoutException.class);
        assertThat(log.waitingBytes()).isZero();
    }

    @Test
    void refusesAtOnceWhatIsMoreThanMayWait() {
        var log = new RecordLog(producer, 1_000);
        append(log, 600);
        append(log, 600);

        assertThat(told).hasSize(1);
        assertThat(told.get(0).orElseThrow()).hasMessageContaining("expected less than 1000 bytes to wait");
        producer.completeNext();
        append(log, 600);
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void tellsOfARecordThatTheProducerThrowsBack() {
        producer.sendException = new KafkaException("no");
        append(new RecordLog(producer), 1);
        producer.sendException = null;
        producer.close();
        append(new RecordLog(producer), 1);

        assertThat(told).hasSize(2).allMatch(Optional::isPresent);
    }

    @Test
    void letsOnlyOneCallerWaitForAKafkaThatCannotBeReached() throws InterruptedException {
        var held = new CountDownLatch(1);
        var asked = new CountDownLatch(2);
        var sent = new AtomicInteger();
        var log = new RecordLog(new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> sending, Callback callback) {
                asked.countDown();
                if (sent.incrementAndGet() == 2) {
                    awaitQuietly(held);
                }
                callback.onCompletion(null, new TimeoutException("not present in metadata after 250 ms"));
                return CompletableFuture.failedFuture(new TimeoutException());
            }
        });
        append(log, 1);
        var prober = new Thread(() -> log.append("topic", new byte[1], new byte[1], failure -> {}));
        prober.start();
        asked.await();

        append(log, 1);
        append(log, 1);
        held.countDown();
        prober.join();

        assertThat(sent).hasValue(2);
        assertThat(told).hasSize(3).allMatch(Optional::isPresent);
        assertThat(told.get(2).orElseThrow()).hasMessageContaining("not to be reached");
    }

    @Test
    void sendsAgainOnceKafkaCanBeReached() {
        var away = new boolean[] {true};
        var log = new RecordLog(new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> sending, Callback callback) {
                callback.onCompletion(null, away[0] ? new TimeoutException("away") : null);
                return CompletableFuture.completedFuture(null);
            }
        });
        append(log, 1);
        append(log, 1);
        away[0] = false;
        append(log, 1);
        append(log, 1);

        assertThat(told).extracting(Optional::isPresent).containsExactly(true, true, false, false);
    }

    private void append(RecordLog log, int bytes) {
        log.append("topic", "key".getBytes(StandardCharsets.UTF_8), new byte[bytes], told::add);
    }

    private static MockProducer<byte[], byte[]> slowProducer() {
        return new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

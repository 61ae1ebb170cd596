package io.millrace.sdk.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class ConsumerThreadTest {

    @Test
    void startsAnewOnAFreshConsumerAfterEveryFailureAndClosesEachOne() throws InterruptedException {
        var consumers = new CopyOnWriteArrayList<MockConsumer<byte[], byte[]>>();
        var recovered = new CountDownLatch(3);
        Follower failing = new Follower() {
            private int begun;

            @Override
            public void begin(Consumer<byte[], byte[]> consumer) {
                if (begun++ == 0) {
                    throw new KafkaException("away at the start");
                }
            }

            @Override
            public void round(Consumer<byte[], byte[]> consumer) {
                if (begun == 3) {
                    throw new NoClassDefFoundError("an error, on the way");
                }
                if (begun == 2) {
                    throw new IllegalStateException("failed on the way");
                }
                recovered.countDown();
            }
        };
        var thread = new ConsumerThread(
                "tested",
                () -> {
                    var consumer = new MockConsumer<byte[], byte[]>("earliest");
                    consumers.add(consumer);
                    return consumer;
                },
                failing,
                Duration.ofMillis(1));

        thread.start();
        assertThat(recovered.await(10, TimeUnit.SECONDS)).isTrue();
        thread.close();

        assertThat(consumers).hasSize(4).allMatch(MockConsumer::closed);
    }
}

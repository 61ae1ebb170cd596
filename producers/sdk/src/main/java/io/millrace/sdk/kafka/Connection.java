package io.millrace.sdk.kafka;

import io.millrace.schemas.wire.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** The way to one Kafka and to Millrace's topics in it. */
public record Connection(KafkaClients clients, ClientSettings settings, Topics topics) {

    /** A new consumer; {@code purpose} is part of its name in Kafka's logs. */
    public Consumer<byte[], byte[]> consumer(String purpose) {
        return clients.consumer(settings.consumer(purpose));
    }

    /** A new producer. */
    public Producer<byte[], byte[]> producer() {
        return clients.producer(settings.producer());
    }
}

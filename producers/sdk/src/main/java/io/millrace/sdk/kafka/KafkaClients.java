package io.millrace.sdk.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients that the SDK uses: Kafka's own by default, instrumented ones or an in-memory Kafka where wanted. */
public interface KafkaClients {

    /** A consumer with these settings; it belongs to one thread of the SDK, which closes it. */
    Consumer<byte[], byte[]> consumer(Map<String, Object> settings);

    /** A producer with these settings; the SDK closes it. */
    Producer<byte[], byte[]> producer(Map<String, Object> settings);

    /** Kafka's own clients. */
    static KafkaClients standard() {
        return new KafkaClients() {
            @Override
            public Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
                return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            }

            @Override
            public Producer<byte[], byte[]> producer(Map<String, Object> settings) {
                return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            }
        };
    }
}

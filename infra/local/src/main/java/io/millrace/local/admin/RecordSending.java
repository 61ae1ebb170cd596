package io.millrace.local.admin;

import io.millrace.schemas.wire.Topics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends many records over one connection; {@link #finish} says whether Kafka has them all. */
final class RecordSending implements AutoCloseable {

    private final KafkaAccess kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private RecordSending(KafkaAccess kafka) {
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(config(kafka), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static RecordSending open(KafkaAccess kafka) {
        return new RecordSending(kafka);
    }

    /**
     * Records of one key arrive in the order in which they are sent.
     *
     * @throws KafkaAwayException when this one or one before it was not taken
     */
    void send(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        send(topic, null, key, value);
    }

    /** The same to a certain partition; null: that of the key. */
    void send(String topic, @Nullable Integer partition, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            var unused = producer.send(new ProducerRecord<>(topic, partition, key, value), (metadata, refusal) -> {
                if (refusal != null) {
                    failure.compareAndSet(null, refusal);
                }
            });
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
        requireNoFailure(topic);
    }

    /**
     * Returns when Kafka has all records.
     *
     * @throws KafkaAwayException when it did not take them all
     */
    void finish() {
        producer.flush();
        requireNoFailure("Kafka");
    }

    private void requireNoFailure(String topic) {
        Exception refusal = failure.get();
        if (refusal != null) {
            throw KafkaAwayException.at(kafka.bootstrapServers(), "writing to " + topic, refusal);
        }
    }

    private static Map<String, Object> config(KafkaAccess kafka) {
        Map<String, Object> config = kafka.clientConfig();
        config.put("acks", "all");
        config.put("linger.ms", 0);
        config.put("max.block.ms", kafka.timeoutMillis());
        config.put("delivery.timeout.ms", kafka.timeoutMillis());
        config.put("request.timeout.ms", kafka.timeoutMillis());
        config.putIfAbsent("max.request.size", Topics.MAX_DEAD_LETTER_BYTES);
        return config;
    }

    @Override
    public void close() {
        producer.close();
    }
}

package io.millrace.local.admin;

import io.millrace.schemas.wire.Topic;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes single records, each acknowledged before the next: for tools, not for traffic. */
final class RecordWriter {

    private final KafkaAccess kafka;

    RecordWriter(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns when Kafka has the record.
     *
     * @throws KafkaAwayException when it does not take it
     */
    <R extends SpecificRecord> void write(Topic<R> topic, String key, R record) {
        byte[] value = topic.codec().encode(record);
        try (var producer = new KafkaProducer<>(config(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        } catch (ExecutionException | KafkaException e) {
            throw KafkaAwayException.at(kafka.bootstrapServers(), "writing to " + topic.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaAwayException.at(kafka.bootstrapServers(), "writing to " + topic.name(), e);
        }
    }

    private Map<String, Object> config() {
        Map<String, Object> config = kafka.clientConfig();
        config.put("acks", "all");
        config.put("linger.ms", 0);
        config.put("max.block.ms", kafka.timeoutMillis());
        config.put("delivery.timeout.ms", kafka.timeoutMillis());
        config.put("request.timeout.ms", kafka.timeoutMillis());
        return config;
    }
}

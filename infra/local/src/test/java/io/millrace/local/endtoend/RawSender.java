package io.millrace.local.endtoend;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends whatever it is given, checked by nobody. Each record is in Kafka before the next is sent. */
final class RawSender implements AutoCloseable {

    private static final int MAX_REQUEST_BYTES = 16 << 20;

    private final KafkaAccess kafka;
    private final KafkaProducer<byte[], byte[]> producer;

    RawSender(KafkaAccess kafka) {
        this.kafka = kafka;
        Map<String, Object> config = kafka.clientConfig();
        config.put("max.request.size", MAX_REQUEST_BYTES);
        config.put("linger.ms", 0);
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(Topic<?> topic, String key, byte[] value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }

    /** Into one partition, without a key. */
    void send(Topic<?> topic, int partition, byte[] value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic.name(), partition, new byte[0], value))
                .get();
    }

    <R extends SpecificRecord> void send(Topic<R> topic, String key, R record)
            throws ExecutionException, InterruptedException {
        send(topic, key, topic.codec().encode(record));
    }

    /** Into one partition, whose records are read in their order. */
    <R extends SpecificRecord> void sendInOrder(Topic<R> topic, String key, R record)
            throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(
                        topic.name(),
                        0,
                        key.getBytes(StandardCharsets.UTF_8),
                        topic.codec().encode(record)))
                .get();
    }

    /** Lets records of up to so many bytes into a topic. */
    void allow(Topic<?> topic, int bytes) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka.clientConfig())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}

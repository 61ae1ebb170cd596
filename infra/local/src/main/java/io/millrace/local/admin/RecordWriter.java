package io.millrace.local.admin;

import io.millrace.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;

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
        try (RecordSending sending = RecordSending.open(kafka)) {
            sending.send(topic.name(), key.getBytes(StandardCharsets.UTF_8), value);
            sending.finish();
        }
    }
}

package io.millrace.learner.sink;

import io.millrace.schemas.wire.RecordCodec;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of the contract to one topic.
 *
 * @param <R> class of the records
 */
public final class RecordSerializer<R extends SpecificRecord> implements KafkaRecordSerializationSchema<R> {

    private static final long serialVersionUID = 1L;

    /** The key of a record, as text. */
    public interface KeyOf<R> extends Function<R, String>, Serializable {}

    private final String topic;
    private final Class<R> record;
    private final KeyOf<R> key;
    private transient @Nullable RecordCodec<R> codec;

    public RecordSerializer(String topic, Class<R> record, KeyOf<R> key) {
        this.topic = topic;
        this.record = record;
        this.key = key;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(R value, KafkaSinkContext context, @Nullable Long timestamp) {
        RecordCodec<R> codec = this.codec;
        if (codec == null) {
            codec = RecordCodec.of(record);
            this.codec = codec;
        }
        return new ProducerRecord<>(topic, key.apply(value).getBytes(StandardCharsets.UTF_8), codec.encode(value));
    }
}

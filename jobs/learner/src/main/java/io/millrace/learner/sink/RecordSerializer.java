package io.millrace.learner.sink;

import io.millrace.schemas.wire.RecordCodec;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

    /** The headers of a record. */
    public interface HeadersOf<R> extends Function<R, Map<String, String>>, Serializable {}

    private final String topic;
    private final Class<R> record;
    private final KeyOf<R> key;
    private final HeadersOf<R> headers;
    private transient @Nullable RecordCodec<R> codec;

    public RecordSerializer(String topic, Class<R> record, KeyOf<R> key) {
        this(topic, record, key, value -> Map.of());
    }

    public RecordSerializer(String topic, Class<R> record, KeyOf<R> key, HeadersOf<R> headers) {
        this.topic = topic;
        this.record = record;
        this.key = key;
        this.headers = headers;
    }

    /** Flink reads the records that come to the sink with Avro's own reader, in a JVM that may not have seen any before. */
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        RecordCodec.trust(record);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(R value, KafkaSinkContext context, @Nullable Long timestamp) {
        RecordCodec<R> codec = this.codec;
        if (codec == null) {
            codec = RecordCodec.of(record);
            this.codec = codec;
        }
        var produced = new ProducerRecord<byte[], byte[]>(
                topic, key.apply(value).getBytes(StandardCharsets.UTF_8), codec.encode(value));
        headers.apply(value)
                .forEach((name, text) -> produced.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return produced;
    }
}

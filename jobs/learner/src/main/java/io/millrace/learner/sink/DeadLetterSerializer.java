package io.millrace.learner.sink;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes dead letters, and counts them by reason: whatever operator they come from, they pass here. Not by policy, whose
 * name a stranger may have invented.
 */
public final class DeadLetterSerializer implements KafkaRecordSerializationSchema<DeadLetter> {

    private static final long serialVersionUID = 1L;

    /** Name of the counters, one for each reason. */
    public static final String COUNTER = "deadLettersWritten";

    private final RecordSerializer<DeadLetter> records;
    private transient @Nullable Map<DeadLetterReason, Counter> written;

    public DeadLetterSerializer(String topic) {
        this.records = new RecordSerializer<>(topic, DeadLetter.class, DeadLetterSerializer::key);
    }

    /** Every counter is there from the start: a rate cannot see the first of a kind appear. */
    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
        MetricGroup group = context.getMetricGroup().addGroup("millrace");
        var counters = new EnumMap<DeadLetterReason, Counter>(DeadLetterReason.class);
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            counters.put(reason, group.addGroup("reason", reason.name()).counter(COUNTER));
        }
        written = counters;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DeadLetter letter, KafkaSinkContext sink, @Nullable Long timestamp) {
        if (written != null) {
            Counter counter = written.get(letter.getReason());
            if (counter != null) {
                counter.inc();
            }
        }
        return records.serialize(letter, sink, timestamp);
    }

    private static String key(DeadLetter letter) {
        String id = letter.getTrajectoryId();
        return id == null ? "" : id;
    }
}

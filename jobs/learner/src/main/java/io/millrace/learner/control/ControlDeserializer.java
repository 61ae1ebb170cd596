package io.millrace.learner.control;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the policies or the parameters topic; tombstones of a compacted topic say nothing and are passed over. */
public final class ControlDeserializer implements KafkaRecordDeserializationSchema<Control> {

    private static final long serialVersionUID = 1L;

    private final Control.Kind kind;

    public ControlDeserializer(Control.Kind kind) {
        this.kind = kind;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Control> out) {
        if (record.value() != null) {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            out.collect(
                    new Control(kind, record.value(), key, record.partition(), record.offset(), record.timestamp()));
        }
    }

    @Override
    public TypeInformation<Control> getProducedType() {
        return TypeInformation.of(Control.class);
    }
}

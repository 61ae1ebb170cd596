package io.millrace.learner.control;

import io.millrace.schemas.wire.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

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
            out.collect(new Control(
                    kind,
                    record.value(),
                    text(record.key()),
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    header(record, Topics.LEARNER_HEADER),
                    epoch(header(record, Topics.EPOCH_HEADER))));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return text(header == null ? null : header.value());
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whatever is no number says nothing. */
    private static long epoch(String digits) {
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
    }

    @Override
    public TypeInformation<Control> getProducedType() {
        return TypeInformation.of(Control.class);
    }
}

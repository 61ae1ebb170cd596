package io.millrace.schemas.wire;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * A Kafka topic of the contract.
 *
 * @param name full name, prefix included
 * @param key what the record's key holds, for people
 * @param record class of its records
 * @param partitions default number of partitions
 * @param config topic-level Kafka configuration: cleanup policy, timestamps, sizes
 */
public record Topic<R extends SpecificRecord>(
        String name, String key, Class<R> record, int partitions, Map<String, String> config) {

    public Topic {
        config = Map.copyOf(config);
    }

    public RecordCodec<R> codec() {
        return RecordCodec.of(record);
    }
}

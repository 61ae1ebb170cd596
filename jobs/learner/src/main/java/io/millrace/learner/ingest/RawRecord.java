package io.millrace.learner.ingest;

import io.millrace.learner.deadletter.Origin;
import io.millrace.schemas.wire.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A Kafka record of the generations or rewards topic, undecoded: bytes are the cheapest thing to shuffle, keep in state
 * and write to dead letters, and they carry their schema's fingerprint with them.
 *
 * @param kind topic that it came from
 * @param key the record's key, the trajectory's id
 * @param partition partition that it came from
 * @param offset offset in the partition
 * @param timestamp when the broker appended it; milliseconds since the epoch
 * @param replayed whether it was a dead letter, and an operator has sent it again: it has not been learned
 */
public record RawRecord(
        Kind kind, String key, byte[] value, int partition, long offset, long timestamp, boolean replayed) {

    /** A record that its producer has sent. */
    public RawRecord(Kind kind, String key, byte[] value, int partition, long offset, long timestamp) {
        this(kind, key, value, partition, offset, timestamp, false);
    }

    /** Which of the two streams of the join. */
    public enum Kind {
        GENERATION,
        REWARD
    }

    /** Key of records that came without one; they end as dead letters. */
    static final String NO_KEY = "";

    static RawRecord of(Kind kind, ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        byte[] value = record.value();
        return new RawRecord(
                kind,
                key == null ? NO_KEY : new String(key, StandardCharsets.UTF_8),
                value == null ? new byte[0] : value,
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.headers().lastHeader(Topics.REPLAYED_HEADER) != null);
    }

    /** Where a dead letter says that it came from. */
    public Origin origin(String topic) {
        return new Origin(topic, partition, offset, timestamp, key, value);
    }
}

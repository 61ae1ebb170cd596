package io.millrace.local.admin;

import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.UndecodableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a topic once, from its beginning to where it ends when the reading starts. */
public final class TopicScan {

    private static final Logger LOG = LoggerFactory.getLogger(TopicScan.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaAccess kafka;

    public TopicScan(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * The newest record of every key, in the order of their first appearance; a record without a value removes its key.
     * Records that cannot be decoded are logged and skipped: a newer tool may have written them.
     *
     * @throws KafkaAwayException when Kafka does not answer
     * @throws NoSuchTopicException when Kafka has no such topic
     */
    public <R extends SpecificRecord> Map<String, R> newestByKey(Topic<R> topic) {
        Map<String, R> newest = new LinkedHashMap<>();
        scan(topic, record -> {
            if (record.value() == null) {
                newest.remove(record.key());
                return;
            }
            try {
                newest.put(record.key(), topic.codec().decode(record.value()));
            } catch (UndecodableException e) {
                LOG.warn("{} at offset {} skipped: {}", topic.name(), record.offset(), e.getMessage());
            }
        });
        return newest;
    }

    /** Every record in the order of its partition, as it is. */
    public void scan(Topic<?> topic, Consumer<ConsumerRecord<String, byte[]>> reader) {
        scan(topic, KafkaConsumer::seekToBeginning, reader);
    }

    /** Every record that was written at that time or later. */
    public void scanFrom(Instant time, Topic<?> topic, Consumer<ConsumerRecord<String, byte[]>> reader) {
        scan(topic, (consumer, partitions) -> seek(consumer, partitions, time), reader);
    }

    private static void seek(KafkaConsumer<?, ?> consumer, Set<TopicPartition> partitions, Instant time) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(Set.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    private void scan(
            Topic<?> topic,
            BiConsumer<KafkaConsumer<?, ?>, Set<TopicPartition>> start,
            Consumer<ConsumerRecord<String, byte[]>> reader) {
        try (KafkaConsumer<String, byte[]> consumer = ToolConsumer.of(kafka, topic.name())) {
            start.accept(consumer, consumer.assignment());
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            long deadlineNs = System.nanoTime() + kafka.timeout().toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    deadlineNs = System.nanoTime() + kafka.timeout().toNanos();
                } else if (System.nanoTime() > deadlineNs) {
                    throw new TimeoutException("no records for " + kafka.timeout());
                }
                records.forEach(reader);
            }
        } catch (KafkaException e) {
            throw KafkaAwayException.at(kafka.bootstrapServers(), "reading topic " + topic.name(), e);
        }
    }
}

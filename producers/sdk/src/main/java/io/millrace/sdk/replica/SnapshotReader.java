package io.millrace.sdk.replica;

import io.millrace.policy.wire.ImportedParameters;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.UndecodableException;
import io.millrace.sdk.kafka.TopicPartitions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the snapshots topic, from its beginning to the end that it has at the start, on a consumer of its own. */
final class SnapshotReader {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotReader.class);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Topic<ParameterSnapshot> topic;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final InstantSource clock;
    private final Duration timeout;

    SnapshotReader(
            Topic<ParameterSnapshot> topic,
            Supplier<Consumer<byte[], byte[]>> consumers,
            InstantSource clock,
            Duration timeout) {
        this.topic = topic;
        this.consumers = consumers;
        this.clock = clock;
        this.timeout = timeout;
    }

    /**
     * The newest complete snapshot of each of {@code policies} that has one: its chunks, in order.
     *
     * @throws KafkaException when Kafka is away or slow
     */
    Map<String, List<ParameterSnapshot>> read(Set<String> policies) {
        var slots = new HashMap<String, Map<Integer, SnapshotSlot>>();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = TopicPartitions.of(consumer, topic.name());
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            Instant deadline = clock.instant().plus(timeout);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (clock.instant().isAfter(deadline)) {
                    throw new KafkaException("snapshots: expected the topic " + topic.name() + " to be read in "
                            + timeout + ", found it slower; trying again");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    collect(record, policies, slots);
                }
            }
        }
        var newest = new HashMap<String, List<ParameterSnapshot>>();
        slots.forEach((policy, bySlot) ->
                SnapshotSlot.newest(bySlot.values()).ifPresent(slot -> newest.put(policy, slot.chunks())));
        return newest;
    }

    private void collect(
            ConsumerRecord<byte[], byte[]> record,
            Set<String> policies,
            Map<String, Map<Integer, SnapshotSlot>> slots) {
        if (record.value() == null) {
            return;
        }
        try {
            ParameterSnapshot chunk = topic.codec().decode(record.value());
            if (policies.contains(chunk.getPolicy()) && !ImportedParameters.isImported(chunk)) {
                slots.computeIfAbsent(chunk.getPolicy(), policy -> new HashMap<>())
                        .computeIfAbsent(chunk.getSlot(), slot -> new SnapshotSlot())
                        .add(chunk);
            }
        } catch (UndecodableException e) {
            LOG.warn("record skipped: {} ({} offset {})", e.getMessage(), record.topic(), record.offset());
        }
    }
}

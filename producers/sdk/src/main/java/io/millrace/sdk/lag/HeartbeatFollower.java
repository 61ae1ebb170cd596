package io.millrace.sdk.lag;

import io.millrace.schemas.ReplicaStatus;
import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.UndecodableException;
import io.millrace.sdk.kafka.Follower;
import io.millrace.sdk.kafka.TopicPartitions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enters the heartbeats of all replicas, and their leave, from now on, in the {@link LagBook}. */
public final class HeartbeatFollower implements Follower {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatFollower.class);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Topic<ReplicaStatus> topic;
    private final LagBook book;
    private final InstantSource clock;

    public HeartbeatFollower(Topic<ReplicaStatus> topic, LagBook book, InstantSource clock) {
        this.topic = topic;
        this.book = book;
        this.clock = clock;
    }

    @Override
    public void begin(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = TopicPartitions.of(consumer, topic.name());
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    @Override
    public void round(Consumer<byte[], byte[]> consumer) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (record.value() == null) {
                ReplicaKey.parse(new String(record.key(), StandardCharsets.UTF_8))
                        .ifPresent(book::left);
                continue;
            }
            try {
                book.heartbeat(topic.codec().decode(record.value()), clock.instant());
            } catch (UndecodableException e) {
                LOG.warn("record skipped: {} ({} offset {})", e.getMessage(), record.topic(), record.offset());
            }
        }
    }
}

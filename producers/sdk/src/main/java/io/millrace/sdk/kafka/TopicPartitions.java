package io.millrace.sdk.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** All partitions of a topic. */
public final class TopicPartitions {

    private TopicPartitions() {}

    /**
     * The partitions that the topic has now.
     *
     * @throws KafkaException when there is no such topic, or Kafka is away
     */
    public static List<TopicPartition> of(Consumer<byte[], byte[]> consumer, String topic) {
        @Nullable List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new KafkaException("topic " + topic + ": expected it to exist, found none; create the topics");
        }
        return found.stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }
}

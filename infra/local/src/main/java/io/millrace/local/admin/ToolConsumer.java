package io.millrace.local.admin;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** How tools read topics: without a group, and without making a topic by asking for it. */
final class ToolConsumer {

    private ToolConsumer() {}

    /**
     * A consumer of all partitions that the topic has now.
     *
     * @throws KafkaAwayException when Kafka does not answer
     * @throws NoSuchTopicException when Kafka has no such topic
     */
    static KafkaConsumer<String, byte[]> of(KafkaAccess kafka, String topic) {
        KafkaConsumer<String, byte[]> consumer = open(kafka);
        try {
            @Nullable List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new NoSuchTopicException(topic, kafka.bootstrapServers());
            }
            consumer.assign(found.stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            return consumer;
        } catch (KafkaException e) {
            consumer.close();
            throw KafkaAwayException.at(kafka.bootstrapServers(), "reading topic " + topic, e);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    static Map<String, Object> config(KafkaAccess kafka) {
        Map<String, Object> config = kafka.clientConfig();
        config.put("default.api.timeout.ms", kafka.timeoutMillis());
        config.put("isolation.level", "read_committed");
        config.put("allow.auto.create.topics", false);
        return config;
    }

    private static KafkaConsumer<String, byte[]> open(KafkaAccess kafka) {
        try {
            return new KafkaConsumer<>(config(kafka), new StringDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw KafkaAwayException.at(kafka.bootstrapServers(), "connecting", e);
        }
    }
}

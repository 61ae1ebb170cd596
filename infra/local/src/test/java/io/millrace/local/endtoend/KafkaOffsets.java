package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.learner.options.LearnerOptions;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.schemas.wire.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far topics go, and how far the job has read. */
record KafkaOffsets(KafkaAccess kafka) {

    /** The job's consumer group has committed the end of both event topics. */
    void awaitCommitted() {
        try (Admin admin = Admin.create(kafka.clientConfig())) {
            await("offsets committed").atMost(SmallSystem.PATIENCE).untilAsserted(() -> {
                Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                                LearnerOptions.GROUP_ID.defaultValue())
                        .partitionsToOffsetAndMetadata()
                        .get();
                ends(admin)
                        .forEach((partition, end) -> assertThat(committed)
                                .as("committed of " + partition)
                                .containsEntry(partition, new OffsetAndMetadata(end)));
            });
        }
    }

    /** Ends of the partitions, not empty, of the topics that the job reads and any number of records goes to. */
    Map<TopicPartition, Long> ends() throws Exception {
        try (Admin admin = Admin.create(kafka.clientConfig())) {
            Map<TopicPartition, Long> ends = ends(admin);
            ends.putAll(ends(admin, List.of(kafka.topics().parameters())));
            return ends;
        }
    }

    private Map<TopicPartition, Long> ends(Admin admin) throws Exception {
        return ends(admin, List.of(kafka.topics().generations(), kafka.topics().rewards()));
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<Topic<?>> topics) throws Exception {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Topic<?> topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                var id = new TopicPartition(topic.name(), partition);
                long end = admin.listOffsets(Map.of(id, OffsetSpec.latest()))
                        .partitionResult(id)
                        .get()
                        .offset();
                if (end > 0) {
                    ends.put(id, end);
                }
            }
        }
        return ends;
    }
}

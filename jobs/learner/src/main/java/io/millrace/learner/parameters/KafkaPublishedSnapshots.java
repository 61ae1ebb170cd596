package io.millrace.learner.parameters;

import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.wire.RecordCodec;
import io.millrace.schemas.wire.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the snapshots topic to its end, each time it is asked: a policy is created or rolled back rarely. */
public final class KafkaPublishedSnapshots implements PublishedSnapshots {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(KafkaPublishedSnapshots.class);

    private final String topic;
    private final HashMap<String, Object> consumerConfig;

    /**
     * Snapshots in {@code topic}.
     *
     * @param kafka client configuration, bootstrap servers included
     */
    public KafkaPublishedSnapshots(String topic, Map<String, String> kafka) {
        this.topic = topic;
        this.consumerConfig = new HashMap<>(kafka);
        consumerConfig.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        consumerConfig.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        consumerConfig.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // A topic made by asking for it would not be compacted.
        consumerConfig.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    }

    @Override
    public Optional<PublishedSnapshot> newest(String policy) {
        return readNewest(policy).newest();
    }

    @Override
    public OptionalLong newestTorn(String policy) {
        return readNewest(policy).newestTorn();
    }

    @Override
    public Optional<PublishedSnapshot> find(String policy, long epoch, long version) {
        return read(policy, chunk -> chunk.getEpoch() == epoch && chunk.getVersion() == version)
                .find(epoch, version);
    }

    @Override
    public Optional<PublishedSnapshot> reference(String policy, long version) {
        return read(policy, chunk -> chunk.getVersion() == version).reference(version);
    }

    private SnapshotAssembly readNewest(String policy) {
        var assembly = new SnapshotAssembly();
        scan(policy, chunk -> {
            assembly.add(chunk);
            assembly.forgetOlder();
        });
        return assembly;
    }

    private SnapshotAssembly read(String policy, Predicate<ParameterSnapshot> wanted) {
        var assembly = new SnapshotAssembly();
        scan(policy, chunk -> {
            if (wanted.test(chunk)) {
                assembly.add(chunk);
            }
        });
        return assembly;
    }

    private void scan(String policy, Consumer<ParameterSnapshot> found) {
        RecordCodec<ParameterSnapshot> codec = RecordCodec.of(ParameterSnapshot.class);
        String prefix = policy + "/";
        try (var consumer = new KafkaConsumer<byte[], byte[]>(consumerConfig)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.key() != null
                            && record.value() != null
                            && new String(record.key(), StandardCharsets.UTF_8).startsWith(prefix)) {
                        take(record, codec, found);
                    }
                }
            }
        }
    }

    private static void take(
            ConsumerRecord<byte[], byte[]> record,
            RecordCodec<ParameterSnapshot> codec,
            Consumer<ParameterSnapshot> found) {
        ParameterSnapshot chunk;
        try {
            chunk = codec.decode(record.value());
        } catch (UndecodableException e) {
            LOG.warn(
                    "Snapshot chunk at {}-{} offset {} ignored: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return;
        }
        found.accept(chunk);
    }
}

package io.millrace.sdk.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Settings of the Kafka clients: what the SDK's promises need, defaults that can be changed, and what is passed through.
 *
 * @param acknowledgeTimeout longest wait for Kafka to take a record
 * @param passedThrough further settings by their Kafka names
 */
public record ClientSettings(
        String bootstrapServers, String replica, Duration acknowledgeTimeout, Map<String, String> passedThrough) {

    /** Longest that sending may hold its caller, who waits only when the topic's metadata is not known yet. */
    static final Duration MAX_BLOCK = Duration.ofMillis(250);

    /** Waits this long for more records of a batch. */
    private static final Duration LINGER = Duration.ofMillis(3);

    private static final Duration MAX_REQUEST = Duration.ofSeconds(10);

    /** What a caller may not change, since a promise of the SDK rests on it. */
    private static final Set<String> RESERVED = Set.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.CLIENT_ID_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

    public ClientSettings {
        passedThrough = Map.copyOf(passedThrough);
        var refused = new TreeSet<>(passedThrough.keySet());
        refused.retainAll(RESERVED);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException("kafka." + refused.first()
                    + ": expected no value, since Millrace sets it, found '" + passedThrough.get(refused.first())
                    + "'; remove it");
        }
    }

    /** Without what is passed through, which may be secret: only its names. */
    @Override
    public String toString() {
        return "ClientSettings[bootstrapServers=" + bootstrapServers + ", replica=" + replica + ", acknowledgeTimeout="
                + acknowledgeTimeout + ", passedThrough=" + new TreeSet<>(passedThrough.keySet()) + "]";
    }

    /** A producer that answers once all in-sync replicas have the record, and never writes one twice. */
    public Map<String, Object> producer() {
        long deliveryMs = acknowledgeTimeout.toMillis();
        Map<String, Object> settings = common("producer");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        // Kafka wants it to fit into the delivery timeout, the linger time included.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(MAX_REQUEST.toMillis(), deliveryMs / 2));
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        passThrough(settings, ConsumerConfig.configNames(), ProducerConfig.configNames());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) Math.min(Integer.MAX_VALUE, deliveryMs));
        return settings;
    }

    /** A consumer without a group, whose partitions are assigned by hand. */
    public Map<String, Object> consumer(String purpose) {
        Map<String, Object> settings = common(purpose);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        passThrough(settings, ProducerConfig.configNames(), ConsumerConfig.configNames());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    private Map<String, Object> common(String purpose) {
        var settings = new HashMap<String, Object>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, replica + "-" + purpose);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
        return settings;
    }

    /** What only the other kind of client knows is left out: it would only be warned about. */
    private void passThrough(Map<String, Object> settings, Set<String> theirs, Set<String> ours) {
        passedThrough.forEach((name, value) -> {
            if (ours.contains(name) || !theirs.contains(name)) {
                settings.put(name, value);
            }
        });
    }
}

package io.millrace.sdk;

import io.millrace.schemas.wire.Topics;
import io.millrace.sdk.kafka.ClientSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Where and what to serve.
 *
 * @param bootstrapServers Kafka's addresses
 * @param topicPrefix first part of the topics' names
 * @param replica name of this replica, unique among those that run
 * @param policies names of the policies to serve; empty: all
 * @param acknowledgeTimeout longest wait for Kafka to take a record
 * @param heartbeatEvery time between reports of what has been applied
 * @param kafka further Kafka client configuration, passed through
 */
public record MillraceConfig(
        String bootstrapServers,
        String topicPrefix,
        String replica,
        Set<String> policies,
        Duration acknowledgeTimeout,
        Duration heartbeatEvery,
        Map<String, String> kafka) {

    private static final Duration LEAST_ACKNOWLEDGE_TIMEOUT = Duration.ofMillis(100);

    private static final Duration LEAST_HEARTBEAT = Duration.ofMillis(50);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** @throws IllegalArgumentException naming the key of what is impossible */
    public MillraceConfig {
        policies = Set.copyOf(policies);
        kafka = Map.copyOf(kafka);
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrap-servers: expected host:port, found nothing");
        }
        if (!replica.matches("[a-zA-Z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "replica: expected 1 to 100 letters, digits, '.', '_' or '-', found '" + replica + "'");
        }
        requireBetween("acknowledge-timeout", LEAST_ACKNOWLEDGE_TIMEOUT, acknowledgeTimeout);
        requireBetween("heartbeat-every", LEAST_HEARTBEAT, heartbeatEvery);
        new Topics(topicPrefix);
        new ClientSettings(bootstrapServers, replica, acknowledgeTimeout, kafka);
    }

    /** Serves all policies of the Kafka at these addresses, under a name of its own. */
    public static MillraceConfig of(String bootstrapServers) {
        return new MillraceConfig(
                bootstrapServers,
                Topics.DEFAULT_PREFIX,
                "replica-" + UUID.randomUUID().toString().substring(0, 8),
                Set.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Map.of());
    }

    /** Without Kafka's settings, which may be secret: only their names. */
    @Override
    public String toString() {
        return "MillraceConfig[bootstrapServers=" + bootstrapServers + ", topicPrefix=" + topicPrefix + ", replica="
                + replica + ", policies=" + policies + ", acknowledgeTimeout=" + acknowledgeTimeout
                + ", heartbeatEvery="
                + heartbeatEvery + ", kafka=" + new TreeSet<>(kafka.keySet()) + "]";
    }

    Topics topics() {
        return new Topics(topicPrefix);
    }

    ClientSettings clientSettings() {
        return new ClientSettings(bootstrapServers, replica, acknowledgeTimeout, kafka);
    }

    private static void requireBetween(String key, Duration least, Duration found) {
        if (found.compareTo(least) < 0 || found.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(key + ": expected " + least + " to " + LONGEST + ", found " + found);
        }
    }
}

package io.millrace.sdk;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

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

    public MillraceConfig {
        policies = Set.copyOf(policies);
        kafka = Map.copyOf(kafka);
    }
}

package io.millrace.local.admin;

import io.millrace.schemas.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers addresses, host:port, separated by commas
 * @param topics names of the topics
 * @param timeout longest wait for an answer
 * @param client further configuration of every Kafka client, such as its security
 */
public record KafkaAccess(String bootstrapServers, Topics topics, Duration timeout, Map<String, String> client) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    public KafkaAccess {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrap servers: expected host:port, found none");
        }
        client = Map.copyOf(client);
    }

    /** A Kafka without security and with the default topic names. */
    public static KafkaAccess plain(String bootstrapServers) {
        return new KafkaAccess(bootstrapServers, Topics.withDefaultPrefix(), DEFAULT_TIMEOUT, Map.of());
    }

    /** Configuration of a Kafka client, open to additions. */
    public Map<String, Object> clientConfig() {
        Map<String, Object> config = new HashMap<>(client);
        config.put("bootstrap.servers", bootstrapServers);
        return config;
    }

    /** Without the clients' settings, which may be secret: only their names. */
    @Override
    public String toString() {
        return "KafkaAccess[bootstrapServers=" + bootstrapServers + ", topics=" + topics + ", timeout=" + timeout
                + ", client=" + new TreeSet<>(client.keySet()) + "]";
    }

    int timeoutMillis() {
        return Math.toIntExact(timeout.toMillis());
    }
}

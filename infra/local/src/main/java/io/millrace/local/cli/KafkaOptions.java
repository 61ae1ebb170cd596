package io.millrace.local.cli;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.schemas.wire.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where Kafka is. */
final class KafkaOptions {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "${MILLRACE_BOOTSTRAP_SERVERS:-localhost:9092}",
            description = "Kafka's addresses. Default: $MILLRACE_BOOTSTRAP_SERVERS, or localhost:9092.")
    private String bootstrapServers = "";

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = Topics.DEFAULT_PREFIX,
            description = "First part of the topics' names. Default: ${DEFAULT-VALUE}.")
    private String topicPrefix = "";

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "Further configuration of the Kafka clients, such as security.protocol=SSL.")
    private Map<String, String> client = new LinkedHashMap<>();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "15s",
            description = "Longest wait for Kafka. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ZERO;

    KafkaAccess access() {
        return new KafkaAccess(bootstrapServers, new Topics(topicPrefix), timeout, client);
    }
}

package io.millrace.local.cli;

import io.millrace.learner.options.KafkaSecrets;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.KafkaFile;
import io.millrace.schemas.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
            names = "--kafka-file",
            paramLabel = "FILE",
            description = "The same from a properties file, which may hold secrets.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "15s",
            description = "Longest wait for Kafka. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ZERO;

    KafkaAccess access() {
        return access(file.map(KafkaFile::settings).orElseGet(Map::of));
    }

    /**
     * For clients on a cluster.
     *
     * @param there where its machines have the file with the settings
     */
    KafkaAccess accessOnCluster(Optional<String> there) {
        if (file.isEmpty() && there.isPresent()) {
            throw new IllegalArgumentException(
                    "--kafka-file-on-cluster: expected --kafka-file beside it, with the same file"
                            + " here, found none; its settings are read here, and only its secrets there");
        }
        return access(file.map(here -> KafkaFile.settingsOnCluster(here, there)).orElseGet(Map::of));
    }

    private KafkaAccess access(Map<String, String> fromFile) {
        Map<String, String> settings = new LinkedHashMap<>(fromFile);
        settings.putAll(client);
        return new KafkaAccess(
                bootstrapServers, new Topics(topicPrefix), timeout, KafkaSecrets.byReference(settings, "--kafka "));
    }
}

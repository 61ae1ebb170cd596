package io.millrace.local.admin;

import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics of the contract, and says where existing ones differ from it. Running it again changes nothing. */
public final class TopicAdmin implements AutoCloseable {

    private static final long ASK_AGAIN_AFTER_NS = 20_000_000;

    private final KafkaAccess kafka;
    private final Admin admin;

    private TopicAdmin(KafkaAccess kafka, Admin admin) {
        this.kafka = kafka;
        this.admin = admin;
    }

    public static TopicAdmin connect(KafkaAccess kafka) {
        Map<String, Object> config = kafka.clientConfig();
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, kafka.timeoutMillis());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, kafka.timeoutMillis());
        try {
            return new TopicAdmin(kafka, Admin.create(config));
        } catch (KafkaException e) {
            throw KafkaAwayException.at(kafka.bootstrapServers(), "connecting", rootOf(e));
        }
    }

    /**
     * Creates what is missing, and reports on every topic of the contract.
     *
     * @throws KafkaAwayException when Kafka does not answer or refuses
     */
    public List<TopicReport> create(TopicOptions options) {
        Set<String> existing = answer("listing topics", admin.listTopics().names());
        List<Topic<?>> topics = kafka.topics().all();
        List<Topic<?>> missing = topics.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        Set<String> created = missing.stream()
                .filter(topic -> createOne(topic, options))
                .map(Topic::name)
                .collect(Collectors.toSet());
        return describe(topics, options, created);
    }

    /**
     * Reports on the topics of the contract that there are, and creates none.
     *
     * @throws KafkaAwayException when Kafka does not answer
     */
    public List<TopicReport> check() {
        Set<String> existing = answer("listing topics", admin.listTopics().names());
        List<Topic<?>> present = kafka.topics().all().stream()
                .filter(topic -> existing.contains(topic.name()))
                .toList();
        return describe(present, TopicOptions.DEFAULTS, Set.of());
    }

    @Override
    public void close() {
        admin.close();
    }

    /** False when another process was faster. */
    private boolean createOne(Topic<?> topic, TopicOptions options) {
        Optional<Short> replication = options.replicationFactor().map(Integer::shortValue);
        NewTopic wanted = new NewTopic(topic.name(), Optional.of(partitions(topic, options)), replication)
                .configs(topic.config());
        try {
            admin.createTopics(List.of(wanted)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw KafkaAwayException.at(kafka.bootstrapServers(), "creating topic " + topic.name(), rootOf(e));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private List<TopicReport> describe(List<Topic<?>> topics, TopicOptions options, Set<String> created) {
        List<String> names = topics.stream().map(Topic::name).toList();
        Map<String, TopicDescription> descriptions =
                whenKnown("describing topics", () -> admin.describeTopics(names).allTopicNames());
        List<ConfigResource> resources =
                names.stream().map(TopicAdmin::resource).toList();
        Map<ConfigResource, Config> configs = whenKnown(
                "reading topic configuration",
                () -> admin.describeConfigs(resources).all());
        List<TopicReport> reports = new ArrayList<>();
        for (Topic<?> topic : topics) {
            int partitions = present(descriptions, topic.name()).partitions().size();
            List<TopicDifference> differences = differences(topic, present(configs, resource(topic.name())));
            boolean anyNumber = options.partitions().isEmpty() && isEvent(topic);
            if (!anyNumber && partitions != partitions(topic, options)) {
                differences.add(new TopicDifference(
                        TopicDifference.PARTITIONS,
                        String.valueOf(partitions(topic, options)),
                        String.valueOf(partitions)));
            }
            reports.add(new TopicReport(topic.name(), created.contains(topic.name()), partitions, differences));
        }
        return reports;
    }

    private static List<TopicDifference> differences(Topic<?> topic, Config found) {
        List<TopicDifference> differences = new ArrayList<>();
        topic.config().forEach((key, expected) -> {
            ConfigEntry entry = found.get(key);
            String value = entry == null ? "nothing" : entry.value();
            if (!Set.of(expected.split(",", -1)).equals(Set.of(value.split(",", -1)))) {
                differences.add(new TopicDifference(key, expected, value));
            }
        });
        return differences;
    }

    /** Generations and rewards may have any number of partitions, where none is asked for. */
    private boolean isEvent(Topic<?> topic) {
        Topics topics = kafka.topics();
        return topic.name().equals(topics.generations().name())
                || topic.name().equals(topics.rewards().name());
    }

    private int partitions(Topic<?> topic, TopicOptions options) {
        return isEvent(topic) ? options.partitions().orElse(topic.partitions()) : topic.partitions();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /** Asks again while brokers have not yet heard of a topic that the controller has just created. */
    private <T> T whenKnown(String whatFailed, Supplier<KafkaFuture<T>> question) {
        long deadlineNs = System.nanoTime() + kafka.timeout().toNanos();
        while (true) {
            try {
                return answer(whatFailed, question.get());
            } catch (KafkaAwayException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadlineNs) {
                    throw e;
                }
                LockSupport.parkNanos(ASK_AGAIN_AFTER_NS);
            }
        }
    }

    private <T> T answer(String whatFailed, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw KafkaAwayException.at(kafka.bootstrapServers(), whatFailed, rootOf(e));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private KafkaAwayException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return KafkaAwayException.at(kafka.bootstrapServers(), "waiting for an answer", e);
    }

    private static <K, V> V present(Map<K, V> answer, K key) {
        V value = answer.get(key);
        if (value == null) {
            throw new IllegalStateException("Kafka's answer: expected " + key + ", found only " + answer.keySet());
        }
        return value;
    }

    private static Throwable rootOf(Throwable error) {
        Throwable cause = error.getCause();
        return cause == null ? error : cause;
    }
}

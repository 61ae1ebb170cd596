package io.millrace.learner.options;

import io.millrace.schemas.wire.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * Options of the job, typed and checked.
 *
 * @param kafka configuration of every Kafka client, bootstrap servers included; secrets by reference, {@link KafkaSecrets}
 * @param topics names of the topics
 * @param groupId consumer group that offsets are committed for
 * @param delivery how updates reach the parameter topic
 * @param lanes lanes that a policy is spread over
 * @param baselineTimeToLive how long a segment's running average is kept after its last reward
 * @param outOfOrder how far records of one partition may be out of order
 * @param idleAfter after how long without records a partition's time follows the wall clock
 * @param startGrace how long after a start only records move time
 * @param unknownPolicyGrace how long a record of an unknown policy waits for its specification
 * @param clockSkew how far a producer's clock may be ahead of the broker's
 * @param maxRecordBytes larger records go to dead letters
 * @param maxHeldTrajectories trajectories of paused policies, or without parameters, that one worker keeps
 */
public record LearnerOptions(
        Map<String, String> kafka,
        Topics topics,
        String groupId,
        Delivery delivery,
        int lanes,
        Duration baselineTimeToLive,
        Duration outOfOrder,
        Duration idleAfter,
        Duration startGrace,
        Duration unknownPolicyGrace,
        Duration clockSkew,
        int maxRecordBytes,
        int maxHeldTrajectories) {

    /** How updates reach the parameter topic. */
    public enum Delivery {
        /** At once; a restore opens a new epoch, so θ's lineage still counts every trajectory once. */
        AT_LEAST_ONCE,
        /** In transactions: replicas that read committed see an update only after its checkpoint. */
        EXACTLY_ONCE
    }

    /** Keys that begin so are passed to every Kafka client, without this prefix. */
    public static final String KAFKA_PREFIX = "kafka.";

    public static final ConfigOption<String> BOOTSTRAP_SERVERS = ConfigOptions.key("millrace.bootstrap-servers")
            .stringType()
            .noDefaultValue()
            .withDescription("Kafka's addresses, host:port, separated by commas.");

    public static final ConfigOption<String> TOPIC_PREFIX = ConfigOptions.key("millrace.topic-prefix")
            .stringType()
            .defaultValue(Topics.DEFAULT_PREFIX)
            .withDescription("First part of the names of all topics.");

    /** Of the job's name, and of its consumer group where none is given. */
    private static final String AFTER_PREFIX = "-learner";

    /** Its default is that of the default topic prefix: see {@link #from}. */
    public static final ConfigOption<String> GROUP_ID = ConfigOptions.key("millrace.group-id")
            .stringType()
            .defaultValue(Topics.DEFAULT_PREFIX + AFTER_PREFIX)
            .withDescription("Consumer group for which offsets are committed at checkpoints; a job without state starts"
                    + " from them. With another topic prefix the default is that prefix and `" + AFTER_PREFIX
                    + "`. Ids of transactions begin with it, so no two jobs may share one.");

    public static final ConfigOption<Delivery> DELIVERY = ConfigOptions.key("millrace.delivery")
            .enumType(Delivery.class)
            .defaultValue(Delivery.AT_LEAST_ONCE)
            .withDescription("How updates reach the parameter topic. AT_LEAST_ONCE publishes at once and counts every"
                    + " trajectory once by epochs; EXACTLY_ONCE uses transactions, at the price of a checkpoint interval"
                    + " of lag.");

    public static final ConfigOption<Integer> LANES = ConfigOptions.key("millrace.lanes")
            .intType()
            .defaultValue(16)
            .withDescription("Lanes that a policy's trajectories are spread over; at least the job's parallelism."
                    + " Changing it moves baselines to other lanes, where they start anew.");

    public static final ConfigOption<Duration> BASELINE_TIME_TO_LIVE = ConfigOptions.key(
                    "millrace.baseline-time-to-live")
            .durationType()
            .defaultValue(Duration.ofDays(30))
            .withDescription("How long, by the wall clock, a segment's running average is kept after the segment's last"
                    + " reward; a segment that comes later begins anew. Bounds the state where segments come and go.");

    public static final ConfigOption<Duration> OUT_OF_ORDER = ConfigOptions.key("millrace.watermark.out-of-order")
            .durationType()
            .defaultValue(Duration.ofSeconds(1))
            .withDescription("How far records of one partition may be out of order by the broker's clock.");

    public static final ConfigOption<Duration> IDLE_AFTER = ConfigOptions.key("millrace.watermark.idle-after")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription("After how long without records a partition's event time follows the wall clock. Keep it"
                    + " above the longest stall of a fetch.");

    public static final ConfigOption<Duration> START_GRACE = ConfigOptions.key("millrace.watermark.start-grace")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription("How long after a start or restore only records move event time.");

    public static final ConfigOption<Duration> UNKNOWN_POLICY_GRACE = ConfigOptions.key("millrace.unknown-policy-grace")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription(
                    "How long a record of an unknown policy waits for the policy's specification before it goes"
                            + " to dead letters.");

    public static final ConfigOption<Duration> CLOCK_SKEW = ConfigOptions.key("millrace.clock-skew")
            .durationType()
            .defaultValue(Duration.ofMinutes(5))
            .withDescription("How far a producer's clock may be ahead of the broker's before its records go to dead"
                    + " letters.");

    public static final ConfigOption<Integer> MAX_RECORD_BYTES = ConfigOptions.key("millrace.max-record-bytes")
            .intType()
            .defaultValue(1024 * 1024)
            .withDescription("Larger records go to dead letters; bytes.");

    public static final ConfigOption<Integer> MAX_HELD_TRAJECTORIES = ConfigOptions.key(
                    "millrace.max-held-trajectories")
            .intType()
            .defaultValue(50_000)
            .withDescription(
                    "Trajectories of paused policies, or of policies without parameters, that one worker keeps in"
                            + " memory and in every checkpoint; what comes beyond goes to dead letters.");

    /** All options, in the order of the reference page. */
    public static final List<ConfigOption<?>> ALL = List.of(
            BOOTSTRAP_SERVERS,
            TOPIC_PREFIX,
            GROUP_ID,
            DELIVERY,
            LANES,
            BASELINE_TIME_TO_LIVE,
            OUT_OF_ORDER,
            IDLE_AFTER,
            START_GRACE,
            UNKNOWN_POLICY_GRACE,
            CLOCK_SKEW,
            MAX_RECORD_BYTES,
            MAX_HELD_TRAJECTORIES);

    public LearnerOptions {
        kafka = Map.copyOf(KafkaSecrets.byReference(kafka, "option " + KAFKA_PREFIX));
        require(LANES, lanes >= 1, "1 or more", lanes);
        require(MAX_RECORD_BYTES, maxRecordBytes >= 1024, "1024 or more", maxRecordBytes);
        require(MAX_HELD_TRAJECTORIES, maxHeldTrajectories >= 1, "1 or more", maxHeldTrajectories);
        require(
                BASELINE_TIME_TO_LIVE,
                baselineTimeToLive.compareTo(Duration.ofSeconds(1)) >= 0,
                "1 s or more",
                baselineTimeToLive);
        requireNotNegative(OUT_OF_ORDER, outOfOrder);
        requireNotNegative(IDLE_AFTER, idleAfter);
        requireNotNegative(START_GRACE, startGrace);
        requireNotNegative(UNKNOWN_POLICY_GRACE, unknownPolicyGrace);
        requireNotNegative(CLOCK_SKEW, clockSkew);
    }

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException naming the key that is missing, unknown or impossible
     */
    public static LearnerOptions from(Configuration configuration) {
        Map<String, String> kafka = new LinkedHashMap<>();
        List<String> known = ALL.stream().map(ConfigOption::key).toList();
        configuration.toMap().forEach((key, value) -> {
            if (key.startsWith(KAFKA_PREFIX)) {
                kafka.put(key.substring(KAFKA_PREFIX.length()), value);
            } else if (key.startsWith("millrace.") && !known.contains(key)) {
                throw new IllegalArgumentException(
                        "option " + key + ": expected one of " + known + ", found an unknown one; mend its name");
            }
        });
        kafka.put(
                "bootstrap.servers",
                configuration
                        .getOptional(BOOTSTRAP_SERVERS)
                        .orElseThrow(() -> new IllegalArgumentException("option " + BOOTSTRAP_SERVERS.key()
                                + ": expected Kafka's addresses, found none; give host:port")));
        Topics topics = topics(configuration.get(TOPIC_PREFIX));
        return new LearnerOptions(
                kafka,
                topics,
                configuration.getOptional(GROUP_ID).orElseGet(() -> ofPrefix(topics)),
                configuration.get(DELIVERY),
                configuration.get(LANES),
                configuration.get(BASELINE_TIME_TO_LIVE),
                configuration.get(OUT_OF_ORDER),
                configuration.get(IDLE_AFTER),
                configuration.get(START_GRACE),
                configuration.get(UNKNOWN_POLICY_GRACE),
                configuration.get(CLOCK_SKEW),
                configuration.get(MAX_RECORD_BYTES),
                configuration.get(MAX_HELD_TRAJECTORIES));
    }

    private static Topics topics(String prefix) {
        try {
            return new Topics(prefix);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + TOPIC_PREFIX.key() + ": " + e.getMessage(), e);
        }
    }

    /** What the job is called on its cluster: of two with one name, on one Kafka, the newer one ends the older one. */
    public String jobName() {
        return ofPrefix(topics);
    }

    private static String ofPrefix(Topics topics) {
        return topics.prefix() + AFTER_PREFIX;
    }

    /** Kafka client configuration as properties. */
    public Properties kafkaProperties() {
        var properties = new Properties();
        properties.putAll(kafka);
        return properties;
    }

    private static void requireNotNegative(ConfigOption<?> option, Duration duration) {
        require(option, !duration.isNegative(), "0 or more", duration);
    }

    private static void require(ConfigOption<?> option, boolean holds, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "option " + option.key() + ": expected " + expected + ", found " + found);
        }
    }
}

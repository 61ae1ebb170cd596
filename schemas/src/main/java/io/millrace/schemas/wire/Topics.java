package io.millrace.schemas.wire;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.Generation;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.ReplicaStatus;
import io.millrace.schemas.Reward;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The topics of the contract under one prefix, {@value #DEFAULT_PREFIX} by default. */
public record Topics(String prefix) {

    public static final String DEFAULT_PREFIX = "millrace";

    /** Largest record that a part of Millrace writes, in bytes; the topics take up to Kafka's default of 1 MiB. */
    public static final int MAX_RECORD_BYTES = 900_000;

    /** Largest dead letter in bytes: it carries its origin whole, where that fits. */
    public static final int MAX_DEAD_LETTER_BYTES = 8 * 1024 * 1024;

    /** Header, without a value, of an event that was a dead letter and has been sent again by an operator. */
    public static final String REPLAYED_HEADER = "millrace-replayed";

    /** Header of an update: the id of the learner job that wrote it, the same for as long as the job is restarted by Flink. */
    public static final String LEARNER_HEADER = "millrace-learner";

    /** Header of an update: its epoch, in digits, for who has no need to decode the rest. */
    public static final String EPOCH_HEADER = "millrace-epoch";

    private static final long GIBIBYTE = 1L << 30;

    /** Kept for replays and late analysis; by the broker's clock: joins and lags must not depend on the producers' clocks. */
    private static final Map<String, String> EVENTS = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", millis(Duration.ofDays(7)),
            "message.timestamp.type", "LogAppendTime");

    /**
     * Deltas: up to several MB/s, of use only until the next snapshot. Old ones go soon, and small segments let them: a
     * segment is only deleted whole. A replica that finds its place gone resynchronises from the snapshots.
     */
    private static final Map<String, String> DELTAS = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", millis(Duration.ofHours(1)),
            "retention.bytes", Long.toString(8L * GIBIBYTE),
            "segment.bytes", Long.toString(GIBIBYTE / 16));

    /** Large records, written again and again under the same keys: compacted early, in small segments. */
    private static final Map<String, String> LATEST_LARGE = Map.of(
            "cleanup.policy", "compact",
            "max.compaction.lag.ms", millis(Duration.ofMinutes(10)),
            "segment.bytes", Long.toString(GIBIBYTE / 16));

    private static final Map<String, String> LATEST = Map.of("cleanup.policy", "compact");

    /** A replica that has been silent for the retention is gone. */
    private static final Map<String, String> LATEST_OF_THE_LIVING = Map.of(
            "cleanup.policy", "compact,delete",
            "retention.ms", millis(Duration.ofHours(1)),
            "segment.ms", millis(Duration.ofMinutes(10)));

    /** Long enough for somebody to notice, mend and replay. */
    private static final Map<String, String> DEAD_LETTERS = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", millis(Duration.ofDays(30)),
            "max.message.bytes", Integer.toString(MAX_DEAD_LETTER_BYTES));

    public Topics {
        if (!prefix.matches("[a-zA-Z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "topic prefix: expected 1 to 100 letters, digits, '.', '_' or '-', found '" + prefix + "'");
        }
    }

    public static Topics withDefaultPrefix() {
        return new Topics(DEFAULT_PREFIX);
    }

    public Topic<Generation> generations() {
        return new Topic<>(name("generations"), "trajectoryId", Generation.class, 4, EVENTS);
    }

    public Topic<Reward> rewards() {
        return new Topic<>(name("rewards"), "trajectoryId", Reward.class, 4, EVENTS);
    }

    /** One partition: the deltas of a policy must stay in order, and its key does that in any number of partitions. */
    public Topic<ParameterUpdate> parameters() {
        return new Topic<>(name("parameters"), "policy", ParameterUpdate.class, 1, DELTAS);
    }

    public Topic<ParameterSnapshot> snapshots() {
        return new Topic<>(name("snapshots"), "policy/slot/chunk", ParameterSnapshot.class, 1, LATEST_LARGE);
    }

    public Topic<PolicySpec> policies() {
        return new Topic<>(name("policies"), "policy", PolicySpec.class, 1, LATEST);
    }

    /** A replica that ends in order leaves a null under each of its keys. */
    public Topic<ReplicaStatus> replicas() {
        return new Topic<>(name("replicas"), "replica/policy", ReplicaStatus.class, 1, LATEST_OF_THE_LIVING);
    }

    public Topic<DeadLetter> deadLetters() {
        return new Topic<>(name("dead-letters"), "original key", DeadLetter.class, 1, DEAD_LETTERS);
    }

    public List<Topic<?>> all() {
        return List.of(generations(), rewards(), parameters(), snapshots(), policies(), replicas(), deadLetters());
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private String name(String topic) {
        return prefix + "." + topic + ".v1";
    }
}

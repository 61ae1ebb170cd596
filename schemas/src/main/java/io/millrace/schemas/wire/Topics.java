package io.millrace.schemas.wire;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.Generation;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.ReplicaStatus;
import io.millrace.schemas.Reward;
import java.util.List;
import java.util.Map;

/** The topics of the contract under one prefix, {@value #DEFAULT_PREFIX} by default. */
public record Topics(String prefix) {

    public static final String DEFAULT_PREFIX = "millrace";

    /** Largest record that a part of Millrace writes, in bytes; the topics take up to Kafka's default of 1 MiB. */
    public static final int MAX_RECORD_BYTES = 900_000;

    /** Largest dead letter in bytes: it carries its origin whole, where that fits. */
    public static final int MAX_DEAD_LETTER_BYTES = 8 * 1024 * 1024;

    private static final Map<String, String> BY_TIME = Map.of("cleanup.policy", "delete");

    /** The broker's clock: joins and lags must not depend on the producers' clocks. */
    private static final Map<String, String> BY_TIME_BROKER_CLOCK =
            Map.of("cleanup.policy", "delete", "message.timestamp.type", "LogAppendTime");

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
        return new Topic<>(name("generations"), "trajectoryId", Generation.class, 4, BY_TIME_BROKER_CLOCK);
    }

    public Topic<Reward> rewards() {
        return new Topic<>(name("rewards"), "trajectoryId", Reward.class, 4, BY_TIME_BROKER_CLOCK);
    }

    /** One partition: the deltas of a policy must stay in order, and its key does that in any number of partitions. */
    public Topic<ParameterUpdate> parameters() {
        return new Topic<>(name("parameters"), "policy", ParameterUpdate.class, 1, BY_TIME);
    }

    public Topic<ParameterSnapshot> snapshots() {
        return new Topic<>(
                name("snapshots"),
                "policy/slot/chunk",
                ParameterSnapshot.class,
                1,
                Map.of("cleanup.policy", "compact"));
    }

    public Topic<PolicySpec> policies() {
        return new Topic<>(name("policies"), "policy", PolicySpec.class, 1, Map.of("cleanup.policy", "compact"));
    }

    public Topic<ReplicaStatus> replicas() {
        return new Topic<>(
                name("replicas"), "replica/policy", ReplicaStatus.class, 1, Map.of("cleanup.policy", "compact,delete"));
    }

    public Topic<DeadLetter> deadLetters() {
        return new Topic<>(
                name("dead-letters"),
                "original key",
                DeadLetter.class,
                1,
                Map.of("cleanup.policy", "delete", "max.message.bytes", Integer.toString(MAX_DEAD_LETTER_BYTES)));
    }

    public List<Topic<?>> all() {
        return List.of(generations(), rewards(), parameters(), snapshots(), policies(), replicas(), deadLetters());
    }

    private String name(String topic) {
        return prefix + "." + topic + ".v1";
    }
}

package io.millrace.local.admin;

import java.util.Optional;

/**
 * How topics are created.
 *
 * @param partitions of the event topics (generations and rewards, which are joined and so have as many each); empty:
 *     the contract's default. The other topics keep their one partition
 * @param replicationFactor of every topic; empty: the brokers' default
 */
public record TopicOptions(Optional<Integer> partitions, Optional<Integer> replicationFactor) {

    public static final TopicOptions DEFAULTS = new TopicOptions(Optional.empty(), Optional.empty());

    public TopicOptions {
        requirePositive("partitions", partitions);
        requirePositive("replication factor", replicationFactor);
    }

    private static void requirePositive(String name, Optional<Integer> value) {
        if (value.isPresent() && value.get() < 1) {
            throw new IllegalArgumentException(name + ": expected 1 or more, found " + value.get());
        }
    }
}

package io.millrace.local.admin;

import java.util.List;
import java.util.Optional;

/**
 * One topic after {@link TopicAdmin#create}.
 *
 * @param created whether it was missing
 * @param partitions that it has
 * @param differences of an existing topic from the contract, for people; nothing was changed
 */
public record TopicReport(String topic, boolean created, int partitions, List<String> differences) {

    public TopicReport {
        differences = List.copyOf(differences);
    }

    /** How the topic differs in one setting. */
    public Optional<String> difference(String setting) {
        return differences.stream()
                .filter(difference -> difference.startsWith(setting + ":"))
                .findFirst();
    }
}

package io.millrace.local.admin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One topic after {@link TopicAdmin#create}.
 *
 * @param created whether it was missing
 * @param partitions that it has
 * @param differences of an existing topic from the contract; nothing was changed
 */
public record TopicReport(String topic, boolean created, int partitions, List<TopicDifference> differences) {

    public TopicReport {
        differences = List.copyOf(differences);
    }

    /** How the topic differs in one setting. */
    public Optional<TopicDifference> difference(String setting) {
        return differences.stream()
                .filter(difference -> difference.setting().equals(setting))
                .findFirst();
    }

    /** All differences in a line of text; empty: none. */
    public String differencesInWords() {
        return differences.stream().map(TopicDifference::toString).collect(Collectors.joining("; "));
    }
}

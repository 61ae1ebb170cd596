package io.millrace.local.admin;

import java.util.List;

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
}

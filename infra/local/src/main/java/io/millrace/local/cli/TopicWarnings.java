package io.millrace.local.cli;

import io.millrace.local.admin.TopicReport;
import io.millrace.schemas.wire.Topics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;

/** What to say when topics are not as the contract has them. */
final class TopicWarnings {

    private static final String TIMESTAMPS = "message.timestamp.type";

    private TopicWarnings() {}

    /** A line for each topic that differs. */
    static void print(List<TopicReport> reports, PrintWriter out) {
        for (TopicReport report : reports) {
            if (!report.differences().isEmpty()) {
                out.println("Warning: topic " + report.topic() + " differs from what is expected: "
                        + report.differencesInWords() + "; 'topics create' says how to mend it");
            }
        }
        out.flush();
    }

    /**
     * Refuses events stamped by their producers: one wrong clock would close the windows of all trajectories.
     *
     * @throws IllegalArgumentException naming the topic and how to mend it
     */
    static void requireBrokerTime(List<TopicReport> reports, Topics topics) {
        Set<String> events =
                Set.of(topics.generations().name(), topics.rewards().name());
        for (TopicReport report : reports) {
            if (events.contains(report.topic())) {
                report.difference(TIMESTAMPS).ifPresent(difference -> {
                    throw new IllegalArgumentException("topic " + report.topic() + ": " + difference
                            + "; change it with: " + difference.remedy(report.topic()));
                });
            }
        }
    }
}

package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.admin.TopicDifference;
import io.millrace.local.admin.TopicReport;
import io.millrace.schemas.wire.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TopicWarningsTest {

    private static final Topics TOPICS = Topics.withDefaultPrefix();
    private static final TopicDifference PRODUCERS_TIME =
            new TopicDifference("message.timestamp.type", "LogAppendTime", "CreateTime");

    @Test
    void takeALineForEachTopicThatDiffers() {
        StringWriter out = new StringWriter();

        TopicWarnings.print(
                List.of(
                        report("a"),
                        report("b", new TopicDifference("retention.ms", "1", "2"), new TopicDifference("x", "3", "4"))),
                new PrintWriter(out));

        assertThat(out.toString().lines())
                .containsExactly("Warning: topic b differs from what is expected: retention.ms: expected 1, found 2;"
                        + " x: expected 3, found 4; 'topics create' says how to mend it");
    }

    @Test
    void becomeARefusalWhereEventsCarryTheirProducersTime() {
        for (String event :
                List.of(TOPICS.generations().name(), TOPICS.rewards().name())) {
            assertThatThrownBy(() -> TopicWarnings.requireBrokerTime(List.of(report(event, PRODUCERS_TIME)), TOPICS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(event)
                    .hasMessageContaining("expected LogAppendTime, found CreateTime")
                    .hasMessageContaining(
                            "kafka-configs.sh --bootstrap-server HOST:PORT --alter --entity-type topics --entity-name "
                                    + event + " --add-config message.timestamp.type=LogAppendTime");
        }
        TopicWarnings.requireBrokerTime(
                List.of(
                        report(TOPICS.replicas().name(), PRODUCERS_TIME),
                        report(TOPICS.rewards().name(), new TopicDifference("x", "1", "2"))),
                TOPICS);
    }

    private static TopicReport report(String topic, TopicDifference... differences) {
        return new TopicReport(topic, false, 1, List.of(differences));
    }
}

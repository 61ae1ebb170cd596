package io.millrace.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    private static final Topics TOPICS = Topics.withDefaultPrefix();

    @Test
    void namesAreThoseOfTheContract() {
        assertThat(TOPICS.all())
                .extracting(Topic::name)
                .containsExactly(
                        "millrace.generations.v1",
                        "millrace.rewards.v1",
                        "millrace.parameters.v1",
                        "millrace.snapshots.v1",
                        "millrace.policies.v1",
                        "millrace.replicas.v1",
                        "millrace.dead-letters.v1");
        assertThat(new Topics("acme.test").rewards().name()).isEqualTo("acme.test.rewards.v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ü", "a/b"})
    void refusesPrefixesThatKafkaWould(String prefix) {
        assertThatThrownBy(() -> new Topics(prefix))
                .hasMessage("topic prefix: expected 1 to 100 letters, digits, '.', '_' or '-', found '" + prefix + "'");
    }

    @Test
    void whatIsKeptForItsLatestValueIsCompactedAndTheRestExpires() {
        assertThat(TOPICS.all())
                .extracting(topic -> topic.config().get("cleanup.policy"))
                .containsExactly("delete", "delete", "delete", "compact", "compact", "compact,delete", "delete");
        assertThat(TOPICS.all())
                .allMatch(topic -> topic.config().containsKey("retention.ms")
                        == topic.config().getOrDefault("cleanup.policy", "").contains("delete"));
    }

    @Test
    void joinsAndLagsGoByTheBrokersClock() {
        assertThat(TOPICS.generations().config()).containsEntry("message.timestamp.type", "LogAppendTime");
        assertThat(TOPICS.rewards().config()).containsEntry("message.timestamp.type", "LogAppendTime");
    }

    /** Otherwise a generation and its reward would be read by different tasks, one of which may run far ahead. */
    @Test
    void generationsAndRewardsArePartitionedAlike() {
        assertThat(TOPICS.generations().partitions()).isEqualTo(TOPICS.rewards().partitions());
    }

    @Test
    void deadLettersTakeRecordsThatNoOtherTopicWould() {
        assertThat(TOPICS.deadLetters().config())
                .containsEntry("max.message.bytes", Integer.toString(Topics.MAX_DEAD_LETTER_BYTES));
    }

    @Test
    void everyTopicHasACodecForItsRecord() throws UndecodableException {
        for (Topic<?> topic : TOPICS.all()) {
            assertThat(topic.codec()).isSameAs(RecordCodec.of(topic.record()));
        }
    }

    @Test
    void aTopicsConfigurationCannotBeChanged() {
        Map<String, String> config = TOPICS.rewards().config();
        assertThatThrownBy(() -> config.put("retention.ms", "1")).isInstanceOf(UnsupportedOperationException.class);
    }
}

package io.millrace.local.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ToolConsumerTest {

    @Test
    void makesNoTopicByAskingForIt() {
        assertThat(ToolConsumer.config(KafkaAccess.plain("localhost:9092")))
                .containsEntry("allow.auto.create.topics", false);
    }
}

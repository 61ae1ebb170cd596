package io.millrace.local.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicDifferenceTest {

    @Test
    void isMendedByKafkasOwnCommands() {
        assertThat(new TopicDifference("cleanup.policy", "compact,delete", "delete").remedy("t"))
                .endsWith("--entity-name t --add-config cleanup.policy=[compact,delete]");
        assertThat(new TopicDifference("retention.ms", "5", "6").remedy("t")).endsWith("--add-config retention.ms=5");
        assertThat(new TopicDifference("partitions", "10", "9").remedy("t"))
                .isEqualTo("kafka-topics.sh --bootstrap-server HOST:PORT --alter --topic t --partitions 10");
    }

    @Test
    void cannotBeMendedWhereThereAreTooManyPartitions() {
        assertThat(new TopicDifference("partitions", "4", "12").remedy("t")).contains("takes no partition away");
    }
}

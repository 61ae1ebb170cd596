package io.millrace.local.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.broker.BrokerOptions;
import io.millrace.local.broker.EmbeddedBroker;
import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TopicAdminIT {

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerOptions.temporary());
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @Test
    void createsEveryTopicOfTheContractAsTheContractSays() {
        List<TopicReport> reports = create("fresh", TopicOptions.DEFAULTS);

        assertThat(reports)
                .extracting(TopicReport::topic)
                .containsExactlyElementsOf(
                        new Topics("fresh").all().stream().map(Topic::name).toList());
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.created()).isTrue();
            assertThat(report.differences()).isEmpty();
        });
    }

    @Test
    void changesNothingTheSecondTime() {
        create("twice", TopicOptions.DEFAULTS);

        List<TopicReport> again = create("twice", TopicOptions.DEFAULTS);

        assertThat(again).hasSize(7).allSatisfy(report -> {
            assertThat(report.created()).isFalse();
            assertThat(report.differences()).isEmpty();
        });
    }

    @Test
    void givesTheAskedPartitionsToTheEventTopicsOnly() {
        TopicOptions options = new TopicOptions(Optional.of(3), Optional.of(1));

        List<TopicReport> reports = create("wide", options);

        assertThat(reports)
                .filteredOn(report -> report.partitions() == 3)
                .extracting(TopicReport::topic)
                .containsExactly("wide.generations.v1", "wide.rewards.v1");
    }

    @Test
    void reportsHowAnExistingTopicDiffersAndLeavesIt() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            NewTopic other =
                    new NewTopic("other.policies.v1", 2, (short) 1).configs(Map.of("cleanup.policy", "delete"));
            admin.createTopics(List.of(other)).all().get();
        }

        List<TopicReport> reports = create("other", TopicOptions.DEFAULTS);

        assertThat(reports)
                .filteredOn(report -> report.topic().equals("other.policies.v1"))
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.created()).isFalse();
                    assertThat(report.differences())
                            .contains(
                                    new TopicDifference("cleanup.policy", "compact", "delete"),
                                    new TopicDifference("partitions", "1", "2"));
                });
    }

    @Test
    void takesAnyNumberOfEventPartitionsWhereNoneIsAskedFor() {
        create("eight", new TopicOptions(Optional.of(8), Optional.of(1)));

        assertThat(create("eight", TopicOptions.DEFAULTS))
                .allSatisfy(report -> assertThat(report.differences()).isEmpty());
        assertThat(create("eight", new TopicOptions(Optional.of(4), Optional.empty())))
                .filteredOn(report -> !report.differences().isEmpty())
                .hasSize(2);
    }

    @Test
    void checksWhatThereIsAndCreatesNothing() {
        KafkaAccess access =
                new KafkaAccess(broker.bootstrapServers(), new Topics("unmade"), Duration.ofSeconds(15), Map.of());
        try (TopicAdmin admin = TopicAdmin.connect(access)) {
            assertThat(admin.check()).isEmpty();
            admin.create(TopicOptions.DEFAULTS);
            assertThat(admin.check()).hasSize(7).noneMatch(TopicReport::created);
        }
    }

    @Test
    void namesTheAddressAndTheRemedyWhenKafkaIsAway() {
        KafkaAccess nowhere =
                new KafkaAccess("127.0.0.1:1", Topics.withDefaultPrefix(), Duration.ofMillis(200), Map.of());
        try (TopicAdmin admin = TopicAdmin.connect(nowhere)) {
            assertThatThrownBy(() -> admin.create(TopicOptions.DEFAULTS))
                    .isInstanceOf(KafkaAwayException.class)
                    .hasMessageContaining("expected Kafka at 127.0.0.1:1")
                    .hasMessageContaining("--bootstrap-servers");
        }
    }

    private static List<TopicReport> create(String prefix, TopicOptions options) {
        KafkaAccess access =
                new KafkaAccess(broker.bootstrapServers(), new Topics(prefix), Duration.ofSeconds(15), Map.of());
        try (TopicAdmin admin = TopicAdmin.connect(access)) {
            return admin.create(options);
        }
    }
}

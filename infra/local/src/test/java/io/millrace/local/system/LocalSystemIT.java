package io.millrace.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.admin.PolicyAdmin;
import io.millrace.local.admin.PolicyFile;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.Topic;
import io.millrace.sdk.Feedback;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.Output;
import io.millrace.sdk.PolicyStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalSystemIT {

    private static final PolicyDefinition POLICY = BundledPolicies.forWorld("bandit", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void learnsFromFeedbackAndServesWhatItLearnedFromEveryReplica() throws Exception {
        try (LocalSystem system = LocalSystem.start(LocalSystemOptions.temporary(List.of(POLICY)))) {
            teach(system.replicas().get(0).millrace(), 40);

            assertThat(system.replicas())
                    .hasSize(2)
                    .allSatisfy(replica -> await().atMost(PATIENCE).untilAsserted(() -> {
                        assertThat(status(replica.millrace()).trajectoriesLearned())
                                .isEqualTo(40);
                        assertThat(status(replica.millrace()).checksumMatches()).isTrue();
                    }));
        }
    }

    @Test
    void goesOnLearningWhereItWasAfterARestartOnTheSameDirectory(@TempDir Path data) throws Exception {
        LocalSystemOptions options =
                LocalSystemOptions.temporary(List.of(POLICY)).keptIn(data);
        long epochBefore;
        try (LocalSystem system = LocalSystem.start(options)) {
            Millrace millrace = system.replicas().get(0).millrace();
            teach(millrace, 30);
            await().atMost(PATIENCE).until(() -> status(millrace).trajectoriesLearned() == 30);
            epochBefore = status(millrace).epoch();
        }
        try (LocalSystem system = LocalSystem.start(options)) {
            Millrace millrace = system.replicas().get(0).millrace();
            await().atMost(PATIENCE).until(() -> status(millrace).epoch() > epochBefore);
            assertThat(status(millrace).trajectoriesLearned()).isEqualTo(30);

            teach(millrace, 12);

            await().atMost(PATIENCE).until(() -> status(millrace).trajectoriesLearned() == 42);
        }
    }

    @Test
    void keepsWhatAnOperatorChangedAndStartsThoughAPolicyCannotBeServed(@TempDir Path data) throws Exception {
        LocalSystemOptions options = LocalSystemOptions.temporary(List.of())
                .withDefaults(List.of(POLICY))
                .keptIn(data)
                .withReplicas(1);
        PolicyDefinition changed =
                PolicyFile.parse(POLICY.toJson().replace("\"learning-rate\":0.5", "\"learning-rate\":0.25"));
        try (LocalSystem system = LocalSystem.start(options)) {
            assertThat(new PolicyAdmin(system.kafka(), Clock.systemUTC())
                            .apply(changed)
                            .revision())
                    .isEqualTo(2);
            writeUnfitPolicy(system);
        }
        try (LocalSystem system = LocalSystem.start(options)) {
            assertThat(status(system.replicas().get(0).millrace()).specification())
                    .isEqualTo(changed.toJson());
        }
    }

    /** Two revisions of different models, as only a tool that does not check could write them: the learner keeps the first. */
    private static void writeUnfitPolicy(LocalSystem system) throws Exception {
        String file = POLICY.toJson().replace("\"policy\":\"bandit\"", "\"policy\":\"unfit\"");
        new PolicyAdmin(system.kafka(), Clock.systemUTC()).apply(PolicyFile.parse(file));
        Millrace millrace = system.replicas().get(0).millrace();
        await().atMost(PATIENCE)
                .until(() ->
                        millrace.policies().stream().filter(PolicyStatus::ready).count() == 2);
        Topic<PolicySpec> topic = system.kafka().topics().policies();
        PolicySpec spec = PolicySpec.newBuilder()
                .setPolicy("unfit")
                .setRevision(2)
                .setSpecification(file.replace("\"hash-bits\":12", "\"hash-bits\":13"))
                .setAppliedAt(Instant.now())
                .build();
        try (var producer =
                new KafkaProducer<>(system.kafka().clientConfig(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topic.name(), "unfit", topic.codec().encode(spec)))
                    .get();
        }
    }

    private static void teach(Millrace millrace, int trajectories) throws Exception {
        for (int i = 0; i < trajectories; i++) {
            Output output = millrace.generate(GenerationRequest.forPolicy(POLICY.policy())
                            .feature("user", 1)
                            .candidate("a", Map.of("a", 1f))
                            .candidate("b", Map.of("b", 1f))
                            .build())
                    .get();
            double value = output.output().equals(List.of("a")) ? 1 : 0;
            millrace.feedback(new Feedback(
                            POLICY.policy(),
                            output.trajectoryId(),
                            "only",
                            OptionalInt.empty(),
                            Feedback.DEFAULT_METRIC,
                            value,
                            Instant.now(),
                            true,
                            Optional.empty()))
                    .get();
        }
    }

    private static PolicyStatus status(Millrace millrace) {
        return millrace.policies().get(0);
    }
}

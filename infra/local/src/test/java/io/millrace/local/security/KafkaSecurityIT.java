package io.millrace.local.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.learner.options.LearnerOptions;
import io.millrace.learner.options.LearnerOptions.Delivery;
import io.millrace.local.admin.DeadLetterFilter;
import io.millrace.local.admin.DeadLetterReplay;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.KafkaAwayException;
import io.millrace.local.admin.ParameterImport;
import io.millrace.local.admin.PolicyAdmin;
import io.millrace.local.admin.PolicyFile;
import io.millrace.local.admin.TopicAdmin;
import io.millrace.local.admin.TopicOptions;
import io.millrace.local.broker.SecuredBroker;
import io.millrace.local.cli.MillraceCli;
import io.millrace.local.learning.ClusterOptions;
import io.millrace.local.learning.LearnerCluster;
import io.millrace.local.system.BundledPolicies;
import io.millrace.policy.Policies;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.safetensors.ParameterFile;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.Topics;
import io.millrace.sdk.Feedback;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceConfig;
import io.millrace.sdk.Output;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every part works with the documented rights alone, by password and by certificate, and can do nothing else. */
@SuppressWarnings("NullAway.Init") // set before all tests
final class KafkaSecurityIT {

    private static final PolicyDefinition POLICY = BundledPolicies.forWorld("bandit", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Rights RIGHTS = Rights.documented();

    private static Parts parts;
    private static SecuredBroker broker;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        parts = Parts.in(directory);
        broker = SecuredBroker.start(directory.resolve("kafka"), parts.certificates());
        broker.addUsers(parts.passwords());
        broker.allow(RIGHTS.bindings());
        KafkaAccess operator = parts.byPassword(broker, "operator");
        try (TopicAdmin topics = TopicAdmin.connect(operator)) {
            assertThat(topics.create(TopicOptions.DEFAULTS))
                    .hasSize(7)
                    .allSatisfy(report -> assertThat(report.created()).isTrue());
        }
        new PolicyAdmin(operator, Clock.systemUTC()).apply(POLICY);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void learnsByCertificateWhatIsServedByPassword(@TempDir Path state) throws Exception {
        learns(state, parts.byCertificate(broker, "learner"), Delivery.AT_LEAST_ONCE);
    }

    @Test
    void learnsInTransactionsByPassword(@TempDir Path state) throws Exception {
        learns(state, parts.byPassword(broker, "learner"), Delivery.EXACTLY_ONCE);
    }

    private static void learns(Path state, KafkaAccess access, Delivery delivery) throws Exception {
        // Of its own: what the other test's learner left in the topics does not count.
        String policy = "bandit-" + delivery.name().toLowerCase(Locale.ROOT);
        new PolicyAdmin(parts.byPassword(broker, "operator"), Clock.systemUTC())
                .apply(PolicyFile.parse(
                        POLICY.toJson().replace("\"policy\":\"bandit\"", "\"policy\":\"" + policy + "\"")));
        ClusterOptions cluster = new ClusterOptions(
                state,
                ClusterOptions.Retention.DELETE,
                Duration.ofSeconds(1),
                Duration.ofMillis(1),
                64,
                1,
                1,
                Optional.empty());
        try (LearnerCluster learner = LearnerCluster.start(cluster)) {
            learner.submit(options(access, delivery));
            try (Millrace replica = replica("serving", policy);
                    Millrace users = replica("simulator", policy)) {
                assertThat(users.awaitReady(PATIENCE))
                        .as("%s", learner.lastFailure())
                        .isTrue();
                assertThat(replica.awaitReady(PATIENCE)).isTrue();
                teach(users, policy, 20);

                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(replica.policies().get(0).trajectoriesLearned())
                                        .as("%s", learner.lastFailure())
                                        .isEqualTo(20));
                await().atMost(PATIENCE).until(() -> replica.lag().replicas().size() >= 2);
            }
        }
    }

    @Test
    void nobodyWritesToATopicThatIsNotTheirs() throws Exception {
        for (String part : new String[] {"learner", "serving", "simulator", "operator"}) {
            Set<String> writable = RIGHTS.writableBy(part);
            try (var producer = producer(parts.byPassword(broker, part))) {
                for (Topic<?> topic : Topics.withDefaultPrefix().all()) {
                    if (!writable.contains(topic.name())) {
                        assertThatThrownBy(() -> producer.send(
                                                new ProducerRecord<>(topic.name(), new byte[1], new byte[1]))
                                        .get())
                                .as("%s writes %s", part, topic.name())
                                .hasCauseInstanceOf(TopicAuthorizationException.class);
                    }
                }
            }
        }
        assertThat(RIGHTS.writableBy("simulator"))
                .doesNotContain(Topics.withDefaultPrefix().parameters().name());
    }

    /** What writes more than a policy: an import, and dead letters that are sent again. */
    @Test
    void theOperatorBringsParametersInAndSendsDeadLettersAgain(@TempDir Path directory) throws Exception {
        KafkaAccess operator = parts.byPassword(broker, "operator");
        PolicyDefinition brought =
                PolicyFile.parse(POLICY.toJson().replace("\"policy\":\"bandit\"", "\"policy\":\"brought\""));
        ParameterLayout layout = Policies.create(brought).layout();
        Path file = directory.resolve("brought.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            ParameterFile.of("brought", brought.kind(), 1, 1, new float[layout.size()])
                    .write(layout, out);
        }
        Topics topics = Topics.withDefaultPrefix();
        try (var producer = producer(parts.byPassword(broker, "learner"))) {
            producer.send(new ProducerRecord<>(
                            topics.deadLetters().name(),
                            new byte[1],
                            topics.deadLetters().codec().encode(refusedReward(topics))))
                    .get();
        }

        assertThat(new ParameterImport(operator, Clock.systemUTC())
                        .bringIn(brought, file)
                        .parameters())
                .isEqualTo(layout.size());
        var elsewhere =
                new DeadLetterFilter(Optional.empty(), Optional.of("elsewhere"), Optional.empty(), Optional.empty());
        assertThat(new DeadLetterReplay(operator)
                        .replay(elsewhere, DeadLetterReplay.Mode.SEND)
                        .sent())
                .isEqualTo(1);
    }

    private static DeadLetter refusedReward(Topics topics) {
        return DeadLetter.newBuilder()
                .setReason(DeadLetterReason.UNKNOWN_POLICY)
                .setDetail("of a policy that nobody has applied")
                .setPolicy("elsewhere")
                .setOriginTopic(topics.rewards().name())
                .setOriginPartition(0)
                .setOriginOffset(1)
                .setOriginTimestamp(Instant.now())
                .setOriginalKey(ByteBuffer.wrap(new byte[] {1}))
                .setOriginalValue(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .setOriginalSize(3)
                .setRecordedAt(Instant.now())
                .build();
    }

    @Test
    void aStrangerSeesNothingAndAWrongPasswordIsRefusedWithoutBeingRepeated() throws Exception {
        try (TopicAdmin topics = TopicAdmin.connect(parts.byPassword(broker, "stranger"))) {
            assertThat(topics.check()).isEmpty();
        }
        String wrong = "not-the-secret-of-the-operator";
        KafkaAccess impostor = Parts.access(broker.scramServers(), parts.scramFile("operator", wrong));
        try (TopicAdmin topics = TopicAdmin.connect(impostor)) {
            assertThatThrownBy(topics::check)
                    .isInstanceOf(KafkaAwayException.class)
                    .satisfies(error -> assertThat(error.toString()).doesNotContain(wrong))
                    .hasRootCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void aCommandThatLogsAllThatItCanShowsNoSecret(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        Path printed = directory.resolve("printed");
        Path file = parts.scramFile("operator", parts.password("operator"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dmillrace.log=" + log,
                        "-Dmillrace.log.level=debug",
                        "-Dlog4j2.configurationFile=classpath:log4j2.properties",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MillraceCli.class.getName(),
                        "policy",
                        "list",
                        "--bootstrap-servers",
                        broker.scramServers(),
                        "--kafka-file",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();

        assertThat(process.waitFor()).as(Files.readString(printed)).isZero();
        assertThat(Files.readString(printed)).contains(POLICY.policy()).doesNotContain("secret-of-");
        assertThat(Files.readString(log))
                .contains("sasl.jaas.config = [hidden]")
                .doesNotContain("secret-of-");
    }

    @Test
    void whoDoesNotEncryptIsNotHeard() {
        KafkaAccess plain =
                new KafkaAccess(broker.scramServers(), Topics.withDefaultPrefix(), Duration.ofSeconds(3), Map.of());
        try (TopicAdmin topics = TopicAdmin.connect(plain)) {
            assertThatThrownBy(topics::check).isInstanceOf(KafkaAwayException.class);
        }
    }

    private static LearnerOptions options(KafkaAccess access, Delivery delivery) {
        Configuration configuration = new Configuration();
        configuration.set(LearnerOptions.BOOTSTRAP_SERVERS, access.bootstrapServers());
        configuration.set(LearnerOptions.DELIVERY, delivery);
        access.client().forEach((key, value) -> configuration.setString(LearnerOptions.KAFKA_PREFIX + key, value));
        LearnerOptions options = LearnerOptions.from(configuration);
        // Flink writes them into its job graph, and shows them.
        assertThat(configuration.toString() + options).doesNotContain("secret-of-");
        return options;
    }

    private static Millrace replica(String part, String policy) throws Exception {
        KafkaAccess access = parts.byPassword(broker, part);
        Map<String, String> settings = new HashMap<>(access.client());
        settings.put("isolation.level", "read_committed");
        MillraceConfig config = new MillraceConfig(
                access.bootstrapServers(),
                Topics.DEFAULT_PREFIX,
                part + "-" + policy,
                Set.of(policy),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                settings);
        assertThat(config.toString()).doesNotContain("secret-of-");
        return Millrace.open(config);
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaAccess access) {
        return new KafkaProducer<>(access.clientConfig(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void teach(Millrace millrace, String policy, int trajectories) throws Exception {
        for (int i = 0; i < trajectories; i++) {
            Output output = millrace.generate(GenerationRequest.forPolicy(policy)
                            .candidate("a", Map.of("a", 1f))
                            .candidate("b", Map.of("b", 1f))
                            .build())
                    .get();
            millrace.feedback(new Feedback(
                            policy,
                            output.trajectoryId(),
                            "only",
                            OptionalInt.empty(),
                            Feedback.DEFAULT_METRIC,
                            i % 2,
                            Instant.now(),
                            true,
                            Optional.empty()))
                    .get();
        }
    }
}

package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.learner.options.LearnerOptions;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.PolicyAdmin;
import io.millrace.local.admin.TopicAdmin;
import io.millrace.local.admin.TopicOptions;
import io.millrace.local.admin.TopicTail;
import io.millrace.local.audit.LineageTree;
import io.millrace.local.audit.ReplicaAgreement;
import io.millrace.local.broker.BrokerOptions;
import io.millrace.local.broker.EmbeddedBroker;
import io.millrace.local.learning.ClusterOptions;
import io.millrace.local.learning.LearnerCluster;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.ReplicaStatus;
import io.millrace.schemas.wire.Topic;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceConfig;
import io.millrace.sdk.MillraceEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The parts of the local system with intervals short enough for a test, each part within reach: a broker, the learner job
 * with a checkpoint a second, and two replicas whose every step is recorded.
 */
final class SmallSystem implements AutoCloseable {

    /** Longer than anything takes on a slow machine that does other things too. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int REPLICAS = 2;
    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration HEARTBEAT_EVERY = Duration.ofMillis(200);
    private static final Duration ACKNOWLEDGE_TIMEOUT = Duration.ofSeconds(20);

    private final Path directory;
    private final Duration checkpointEvery;
    private final EmbeddedBroker broker;
    private final PublishedUpdates published;
    private final List<Millrace> replicas = new ArrayList<>();
    private final List<AppliedVersions> applied = new ArrayList<>();
    private LearnerCluster learner;
    private int jobs;

    private SmallSystem(
            Path directory, Duration checkpointEvery, List<PolicyDefinition> policies, Optional<GoldenSavepoint> golden)
            throws Exception {
        this.directory = directory;
        this.checkpointEvery = checkpointEvery;
        this.broker = EmbeddedBroker.start(BrokerOptions.keptIn(directory.resolve("kafka")));
        try (TopicAdmin topics = TopicAdmin.connect(kafka())) {
            topics.create(TopicOptions.DEFAULTS);
        }
        policies.forEach(policies()::apply);
        if (golden.isPresent()) {
            golden.get().fill(kafka());
        }
        this.published = PublishedUpdates.of(kafka());
        this.learner = startLearner(1, golden.map(GoldenSavepoint::state));
        for (int i = 1; i <= REPLICAS; i++) {
            var versions = new AppliedVersions();
            applied.add(versions);
            replicas.add(replica("replica-" + i, versions));
        }
    }

    /** Starts everything, and returns when every replica has parameters of every policy. */
    static SmallSystem start(Path directory, PolicyDefinition... policies) throws Exception {
        return start(directory, CHECKPOINT_EVERY, List.of(policies), Optional.empty());
    }

    /** The same, with checkpoints only when a test asks for one. */
    static SmallSystem startWithoutTimedCheckpoints(Path directory, List<PolicyDefinition> policies) throws Exception {
        return start(directory, NEVER, policies, Optional.empty());
    }

    /** The same, with a job that goes on from a savepoint of an earlier release. */
    static SmallSystem startFrom(GoldenSavepoint golden, Path directory, List<PolicyDefinition> policies)
            throws Exception {
        return start(directory, NEVER, policies, Optional.of(golden));
    }

    private static SmallSystem start(
            Path directory, Duration checkpointEvery, List<PolicyDefinition> policies, Optional<GoldenSavepoint> golden)
            throws Exception {
        var system = new SmallSystem(directory, checkpointEvery, policies, golden);
        for (Millrace replica : system.replicas) {
            if (!replica.awaitReady(PATIENCE)) {
                system.close();
                throw new AssertionError("start: expected parameters within " + PATIENCE + ", found none");
            }
        }
        return system;
    }

    private LearnerCluster startLearner(int parallelism, Optional<Path> savepoint) {
        jobs++;
        LearnerCluster started = LearnerCluster.start(new ClusterOptions(
                directory.resolve("checkpoints-" + jobs),
                ClusterOptions.Retention.DELETE,
                checkpointEvery,
                Duration.ofMillis(1),
                64,
                parallelism,
                parallelism,
                Optional.empty()));
        LearnerOptions options = LearnerOptions.from(new Configuration()
                .set(LearnerOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers())
                .set(LearnerOptions.OUT_OF_ORDER, Duration.ofMillis(100))
                .set(LearnerOptions.IDLE_AFTER, Duration.ofSeconds(1))
                .set(LearnerOptions.START_GRACE, Duration.ofSeconds(1))
                // A savepoint may be older than any average would be kept.
                .set(LearnerOptions.BASELINE_TIME_TO_LIVE, Duration.ofDays(36_500))
                .set(LearnerOptions.UNKNOWN_POLICY_GRACE, Duration.ofSeconds(2)));
        savepoint.ifPresentOrElse(from -> started.submit(options, from), () -> started.submit(options));
        return started;
    }

    private Millrace replica(String name, AppliedVersions listener) {
        return Millrace.open(
                new MillraceConfig(
                        broker.bootstrapServers(),
                        kafka().topics().prefix(),
                        name,
                        Set.of(),
                        ACKNOWLEDGE_TIMEOUT,
                        HEARTBEAT_EVERY,
                        Map.of()),
                MillraceEnvironment.standard().withListener(listener));
    }

    KafkaAccess kafka() {
        return KafkaAccess.plain(broker.bootstrapServers());
    }

    PolicyAdmin policies() {
        return new PolicyAdmin(kafka(), Clock.systemUTC());
    }

    LearnerCluster learner() {
        return learner;
    }

    /** What the learner publishes. */
    PublishedUpdates published() {
        return published;
    }

    /** The replica that the users of a test talk to. */
    Millrace millrace() {
        return replicas.get(0);
    }

    /** What each replica has applied. */
    List<AppliedVersions> applied() {
        return List.copyOf(applied);
    }

    /** Cancels the job, forgets its checkpoints, and starts it anew on the same Kafka. */
    void restartLearnerWithoutState() {
        learner.close();
        learner = startLearner(1, Optional.empty());
    }

    /** Stops the job with a savepoint, which any later job may go on from. */
    Path stopLearnerWithSavepoint() {
        Path savepoint = learner.stopWithSavepoint(directory.resolve("savepoints"));
        learner.close();
        return savepoint;
    }

    /** Starts a job on the same Kafka from a savepoint of an earlier one. */
    void startLearnerFrom(Path savepoint, int parallelism) {
        learner = startLearner(parallelism, Optional.of(savepoint));
    }

    /** Starts one more job on the same Kafka, which nobody should. The caller closes it. */
    LearnerCluster startAnotherLearner() {
        return startLearner(1, Optional.empty());
    }

    /** The job's consumer group has committed the end of both event topics. */
    void awaitOffsetsCommitted() {
        try (Admin admin = Admin.create(kafka().clientConfig())) {
            await("offsets committed").atMost(PATIENCE).untilAsserted(() -> {
                Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                                LearnerOptions.GROUP_ID.defaultValue())
                        .partitionsToOffsetAndMetadata()
                        .get();
                ends(admin)
                        .forEach((partition, end) -> assertThat(committed)
                                .as("committed of " + partition)
                                .containsEntry(partition, new OffsetAndMetadata(end)));
            });
        }
    }

    /** Ends of the partitions, not empty, of the topics that the job reads and any number of records goes to. */
    Map<TopicPartition, Long> ends() throws Exception {
        try (Admin admin = Admin.create(kafka().clientConfig())) {
            Map<TopicPartition, Long> ends = ends(admin);
            ends.putAll(ends(admin, List.of(kafka().topics().parameters())));
            return ends;
        }
    }

    private Map<TopicPartition, Long> ends(Admin admin) throws Exception {
        return ends(
                admin, List.of(kafka().topics().generations(), kafka().topics().rewards()));
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<Topic<?>> topics) throws Exception {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Topic<?> topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                var id = new TopicPartition(topic.name(), partition);
                long end = admin.listOffsets(Map.of(id, OffsetSpec.latest()))
                        .partitionResult(id)
                        .get()
                        .offset();
                if (end > 0) {
                    ends.put(id, end);
                }
            }
        }
        return ends;
    }

    void awaitLearned(String policy, long trajectories) {
        await("learned by " + policy)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(published.learned(policy)).isGreaterThanOrEqualTo(trajectories));
    }

    /** The learner's own worker has the parameters of the newest update. */
    void awaitFollowed(String policy) {
        await("followed by the worker of " + policy).atMost(PATIENCE).untilAsserted(() -> assertFollowed(policy));
    }

    private void assertFollowed(String policy) {
        LineageTree.Head head = published.head(policy);
        assertThat(learner.counters().gauges("appliedEpoch", policy)).containsExactly(head.epoch());
        assertThat(learner.counters().gauges("appliedVersion", policy)).containsExactly(head.version());
    }

    /** The learner has published that it learned so many, and its own worker has the parameters of the update. */
    void awaitApplied(String policy, long trajectories) {
        await("applied by the worker of " + policy).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(published.head(policy).trajectoriesTotal()).isEqualTo(trajectories);
            assertFollowed(policy);
        });
    }

    /** Every replica reports the newest version, and a checksum of θ at it that no other contradicts. */
    void awaitAgreement(String policy) {
        var agreement = new ReplicaAgreement(policy);
        TopicTail<ReplicaStatus> heartbeats =
                TopicTail.follow(kafka(), kafka().topics().replicas(), agreement::observe);
        try {
            await("agreement on " + policy).atMost(PATIENCE).untilAsserted(() -> {
                LineageTree.Head head = published.head(policy);
                assertThat(agreement.rows()).hasSize(REPLICAS).allSatisfy(row -> {
                    assertThat(new VersionId(row.epoch(), row.version()))
                            .isEqualTo(new VersionId(head.epoch(), head.version()));
                    assertThat(row.checksumMatches()).isTrue();
                    assertThat(row.thetaChecked()).isTrue();
                });
            });
        } finally {
            heartbeats.close();
        }
    }

    /** Replicas first, the broker last. */
    @Override
    public void close() {
        replicas.forEach(Millrace::close);
        learner.close();
        published.close();
        broker.close();
    }
}

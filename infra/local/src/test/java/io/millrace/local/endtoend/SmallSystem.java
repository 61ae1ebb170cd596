package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.learner.options.LearnerOptions;
import io.millrace.learner.options.LearnerOptions.Delivery;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.PolicyAdmin;
import io.millrace.local.admin.TopicAdmin;
import io.millrace.local.admin.TopicOptions;
import io.millrace.local.admin.TopicTail;
import io.millrace.local.audit.LineageTree;
import io.millrace.local.audit.ReplicaAgreement;
import io.millrace.local.broker.TestBroker;
import io.millrace.local.learning.ClusterOptions;
import io.millrace.local.learning.LearnerCluster;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.ReplicaStatus;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceConfig;
import io.millrace.sdk.MillraceEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;

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
    private final Setup setup;
    private final PublishedUpdates published;
    private final List<Millrace> replicas = new ArrayList<>();
    private final List<AppliedVersions> applied = new ArrayList<>();
    private LearnerCluster learner;
    private int jobs;

    /**
     * What may be different from test to test.
     *
     * @param broker closed with the system
     * @param golden what the job goes on from; empty: from nothing
     */
    private record Setup(
            TestBroker broker, Delivery delivery, Duration checkpointEvery, Optional<GoldenSavepoint> golden) {}

    private SmallSystem(Path directory, Setup setup, List<PolicyDefinition> policies) throws Exception {
        this.directory = directory;
        this.setup = setup;
        try (TopicAdmin topics = TopicAdmin.connect(kafka())) {
            topics.create(TopicOptions.DEFAULTS);
        }
        policies.forEach(policies()::apply);
        if (setup.golden().isPresent()) {
            setup.golden().get().fill(kafka());
        }
        this.published = PublishedUpdates.of(kafka());
        this.learner = startLearner(1, setup.golden().map(GoldenSavepoint::state));
        for (int i = 1; i <= REPLICAS; i++) {
            var versions = new AppliedVersions();
            applied.add(versions);
            replicas.add(replica("replica-" + i, versions));
        }
    }

    /** Starts everything, and returns when every replica, and {@link #published}, has parameters of every policy. */
    static SmallSystem start(Path directory, PolicyDefinition... policies) throws Exception {
        return start(TestBroker.embedded(directory), directory, policies);
    }

    /** The same on a broker that runs already, and that is closed with the system. */
    static SmallSystem start(TestBroker broker, Path directory, PolicyDefinition... policies) throws Exception {
        return start(broker, Delivery.AT_LEAST_ONCE, directory, policies);
    }

    /** The same, with a say in how updates are published. */
    static SmallSystem start(TestBroker broker, Delivery delivery, Path directory, PolicyDefinition... policies)
            throws Exception {
        return start(directory, new Setup(broker, delivery, CHECKPOINT_EVERY, Optional.empty()), List.of(policies));
    }

    /** The same, with checkpoints only when a test asks for one. */
    static SmallSystem startWithoutTimedCheckpoints(Path directory, List<PolicyDefinition> policies) throws Exception {
        return startWithoutTimedCheckpoints(directory, Optional.empty(), policies);
    }

    /** The same, with a job that goes on from a savepoint of an earlier release. */
    static SmallSystem startFrom(GoldenSavepoint golden, Path directory, List<PolicyDefinition> policies)
            throws Exception {
        return startWithoutTimedCheckpoints(directory, Optional.of(golden), policies);
    }

    private static SmallSystem startWithoutTimedCheckpoints(
            Path directory, Optional<GoldenSavepoint> golden, List<PolicyDefinition> policies) throws Exception {
        return start(
                directory, new Setup(TestBroker.embedded(directory), Delivery.AT_LEAST_ONCE, NEVER, golden), policies);
    }

    private static SmallSystem start(Path directory, Setup setup, List<PolicyDefinition> policies) throws Exception {
        var system = new SmallSystem(directory, setup, policies);
        for (Millrace replica : system.replicas) {
            if (!replica.awaitReady(PATIENCE)) {
                system.close();
                throw new AssertionError("start: expected parameters within " + PATIENCE + ", found none");
            }
        }
        for (PolicyDefinition policy : policies) {
            await("published of " + policy.policy())
                    .atMost(PATIENCE)
                    .until(() -> !system.published.of(policy.policy()).isEmpty());
        }
        return system;
    }

    private LearnerCluster startLearner(int parallelism, Optional<Path> savepoint) {
        jobs++;
        LearnerCluster started = LearnerCluster.start(new ClusterOptions(
                directory.resolve("checkpoints-" + jobs),
                ClusterOptions.Retention.DELETE,
                setup.checkpointEvery(),
                Duration.ofMillis(1),
                64,
                parallelism,
                parallelism,
                Optional.empty()));
        LearnerOptions options = LearnerOptions.from(new Configuration()
                .set(LearnerOptions.BOOTSTRAP_SERVERS, setup.broker().bootstrapServers())
                .set(LearnerOptions.DELIVERY, setup.delivery())
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
                        setup.broker().bootstrapServers(),
                        kafka().topics().prefix(),
                        name,
                        Set.of(),
                        ACKNOWLEDGE_TIMEOUT,
                        HEARTBEAT_EVERY,
                        // Of updates in transactions, none that a restore takes back.
                        Map.of("isolation.level", "read_committed")),
                MillraceEnvironment.standard().withListener(listener));
    }

    KafkaAccess kafka() {
        return KafkaAccess.plain(setup.broker().bootstrapServers());
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
        setup.broker().close();
    }
}

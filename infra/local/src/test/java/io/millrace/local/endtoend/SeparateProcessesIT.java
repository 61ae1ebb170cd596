package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.millrace.learner.options.LearnerOptions;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.PolicyAdmin;
import io.millrace.local.admin.PolicyFile;
import io.millrace.local.admin.TopicAdmin;
import io.millrace.local.admin.TopicOptions;
import io.millrace.local.audit.Ledger;
import io.millrace.local.cli.MillraceRun;
import io.millrace.local.flink.ClusterJob;
import io.millrace.local.flink.FlinkRest;
import io.millrace.local.flink.JobRefusedException;
import io.millrace.local.flink.Submission;
import io.millrace.local.processes.ClusterShape;
import io.millrace.local.processes.Installation;
import io.millrace.local.processes.ProcessCluster;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.wire.Topics;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceConfig;
import io.millrace.sdk.Output;
import io.millrace.simulator.Simulation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The shaded job on a Flink session cluster of processes, with ND4J in its lib/ and class loading as in production. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("cluster")
final class SeparateProcessesIT {

    private static final int ENOUGH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String MLP = """
            policy: %s
            kind: mlp
            seed: 7
            model: { inputs: 2, actions: [a, b], hidden: [8] }
            estimator: { algorithm: reinforce, baseline: ema, ema-rate: 0.1 }
            optimizer: { kind: adam, learning-rate: 0.01 }
            batch: { trajectories: 32, max-age: 20ms }
            join:
              completion: first-reward
              reward-window: 2m
              early-reward: 2m
              default-reward: skip
              metrics: { score: { aggregation: mean, weight: 1.0 } }
              clip: [0, 1]
            publish: { min-interval: 10ms, snapshot-every: 1s, ledger: true }
            guards: { gradient-norm: 10.0, max-kl: unlimited, max-staleness: 100000 }
            """;

    @SuppressWarnings("NullAway.Init") // before all tests
    private ProcessCluster cluster;

    @SuppressWarnings("NullAway.Init") // before all tests
    private FlinkRest flink;

    @BeforeAll
    void startCluster() {
        cluster = ProcessCluster.start(ClusterShape.small().withMatrices().withReplicas(0, Map.of()));
        flink = new FlinkRest(cluster.flink());
    }

    @AfterAll
    void stopCluster() {
        cluster.close();
    }

    /** The third job finds ND4J loaded by the first, whose class loader is closed by then. */
    @Test
    void jobsSubmittedOneAfterTheOtherToOneClusterLearnWithMatricesEach() throws Exception {
        String first = submit("first", Map.of());
        learnsEverything("first", PolicyFile.parse(MLP.formatted("deep-1")));
        learnsEverything("first", Bandit.named("flat"));

        String second = submit("second", Map.of());
        learnsEverything("second", PolicyFile.parse(MLP.formatted("deep-2")));
        learnsEverything("first", PolicyFile.parse(MLP.formatted("deep-3")));

        end(first);
        String third = submit("third", Map.of());
        learnsEverything("third", PolicyFile.parse(MLP.formatted("deep-4")));
        assertThat(flink.newestFailure(second)).isEmpty();
        assertThat(flink.newestFailure(third)).isEmpty();
        end(second);
        end(third);
    }

    @Test
    void aTaskManagerThatIsKilledTakesNothingAlong() throws Exception {
        PolicyDefinition policy = Bandit.named("bandit");
        // It takes every slot, so that none of them dies without it.
        String job = submit("killed", Map.of("parallelism.default", "4"));
        try (Millrace millrace = serve("killed", policy);
                PublishedUpdates published = PublishedUpdates.of(kafka("killed"))) {
            long[] expected;
            try (Simulation users = Users.crowd(millrace, policy.policy())) {
                for (var worker : cluster.taskManagers()) {
                    long learned = published.learned(policy.policy());
                    await("learning")
                            .atMost(PATIENCE)
                            .until(() -> published.learned(policy.policy()) > learned + ENOUGH);
                    long epoch = published.head(policy.policy()).epoch();
                    worker.kill();
                    worker.start();
                    await("its restart")
                            .atMost(PATIENCE)
                            .until(() -> published.head(policy.policy()).epoch() > epoch);
                }
                assertThat(epochs(published, policy.policy()))
                        .as("the first epoch, and one of each restart")
                        .isGreaterThan(2);
                assertThat(users.stop(PATIENCE)).as("all was said").isTrue();
                expected = users.expected();
            }
            awaitLearned(published, policy, expected);
        }
        end(job);
    }

    /** What an upgrade is: nothing is lost, nor counted twice, and the parallelism changes. */
    @Test
    void aJobOfFlinksOwnCommandLineIsReplacedByWayOfASavepoint() throws Exception {
        PolicyDefinition policy = Bandit.adaptive("handed-over");
        createTopics("handed");
        String first = new FlinkCommandLine(cluster.directory().resolve("conf"))
                .run(Installation.here().jobJar(), arguments("handed"));
        try (Millrace millrace = serve("handed", policy);
                PublishedUpdates published = PublishedUpdates.of(kafka("handed"))) {
            long[] before = Users.few(millrace, policy.policy(), ENOUGH);
            awaitLearned(published, policy, before);

            MillraceRun second = submitCommand("handed");
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.err()).contains("job 'handed-learner'", first, "--replace");
            MillraceRun replaced = submitCommand("handed", "--replace", "--parallelism", "2");
            assertThat(replaced.err()).isEmpty();
            assertThat(replaced.out()).contains("from the savepoint file:", "of job " + first);

            long[] after = Users.few(millrace, policy.policy(), ENOUGH);
            awaitLearned(
                    published,
                    policy,
                    LongStream.concat(LongStream.of(before), LongStream.of(after))
                            .toArray());
        }
        assertThat(flink.status(first).state()).isEqualTo("FINISHED");
        ClusterJob running = flink.jobs().stream()
                .filter(job -> job.name().equals("handed-learner") && !job.ended())
                .findFirst()
                .orElseThrow();
        assertThat(flink.newestFailure(running.id())).isEmpty();
        end(running.id());
    }

    private MillraceRun submitCommand(String prefix, String... further) {
        List<String> words = new ArrayList<>(List.of(
                "submit",
                "--rest",
                cluster.flink().toString(),
                "--bootstrap-servers",
                kafka(prefix).bootstrapServers(),
                "--topic-prefix",
                prefix,
                "--within",
                PATIENCE.toSeconds() + "s"));
        words.addAll(List.of(further));
        return MillraceRun.of(words.toArray(String[]::new));
    }

    @Test
    void whatCannotRunIsToldWithItsFirstCause() {
        Submission impatient = new Submission(flink, Duration.ofSeconds(8), Clock.systemUTC());

        assertThatThrownBy(() -> impatient.submit(Installation.here().jobJar(), List.of(), Map.of()))
                .isInstanceOf(JobRefusedException.class)
                .hasMessageContaining("option millrace.bootstrap-servers: expected Kafka's addresses, found none");
        // Without its topics it would fail and be tried again, and be told so instead.
        createTopics("crowded");
        JobRefusedException refusal = catchThrowableOfType(
                JobRefusedException.class,
                () -> impatient.submit(
                        Installation.here().jobJar(), arguments("crowded"), Map.of("parallelism.default", "16")));
        // First of all: the next test needs its slots.
        end(String.valueOf(refusal.getMessage()).replaceFirst("(?s)job (\\w+):.*", "$1"));
        assertThat(refusal).hasMessageContaining("no free slot").hasMessageContaining("--parallelism");
    }

    private static long epochs(PublishedUpdates published, String policy) {
        return published.of(policy).stream()
                .mapToLong(update -> update.getEpoch())
                .distinct()
                .count();
    }

    private String submit(String prefix, Map<String, String> configuration) {
        createTopics(prefix);
        return new Submission(flink, PATIENCE, Clock.systemUTC())
                .submit(Installation.here().jobJar(), arguments(prefix), configuration);
    }

    private void createTopics(String prefix) {
        try (TopicAdmin topics = TopicAdmin.connect(kafka(prefix))) {
            topics.create(TopicOptions.DEFAULTS);
        }
    }

    private List<String> arguments(String prefix) {
        return List.of(
                "--" + LearnerOptions.BOOTSTRAP_SERVERS.key(),
                kafka(prefix).bootstrapServers(),
                "--" + LearnerOptions.TOPIC_PREFIX.key(),
                prefix);
    }

    private void end(String job) {
        flink.cancel(job);
        await("the job's end").atMost(PATIENCE).until(() -> flink.status(job).ended());
    }

    private KafkaAccess kafka(String prefix) {
        return new KafkaAccess(cluster.kafka().bootstrapServers(), new Topics(prefix), PATIENCE, Map.of());
    }

    private Millrace serve(String prefix, PolicyDefinition policy) throws InterruptedException {
        new PolicyAdmin(kafka(prefix), Clock.systemUTC()).apply(policy);
        Millrace millrace = Millrace.open(new MillraceConfig(
                cluster.kafka().bootstrapServers(),
                prefix,
                "test-" + policy.policy(),
                Set.of(policy.policy()),
                PATIENCE,
                Duration.ofSeconds(1),
                Map.of()));
        assertThat(millrace.awaitReady(PATIENCE))
                .as("parameters of " + policy.policy())
                .isTrue();
        return millrace;
    }

    private void learnsEverything(String prefix, PolicyDefinition policy) throws InterruptedException {
        try (Millrace millrace = serve(prefix, policy);
                PublishedUpdates published = PublishedUpdates.of(kafka(prefix))) {
            long[] expected = policy.kind().equals("mlp")
                    ? dense(millrace, policy.policy())
                    : Users.few(millrace, policy.policy(), ENOUGH);
            awaitLearned(published, policy, expected);
        }
    }

    private static void awaitLearned(PublishedUpdates published, PolicyDefinition policy, long[] expected) {
        await("learned by " + policy.policy())
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(published.audit(policy.policy(), expected))
                        .isEqualTo(new Ledger(expected.length, expected.length, 0, 0, 0, 0)));
    }

    private static long[] dense(Millrace millrace, String policy) {
        GenerationRequest request =
                GenerationRequest.forPolicy(policy).vector(0.5f, -0.5f).build();
        List<Output> heard = Stream.generate(() -> millrace.generate(request)).limit(ENOUGH).toList().stream()
                .map(CompletableFuture::join)
                .toList();
        heard.stream()
                .map(output -> millrace.feedback(Users.reaction(output)))
                .toList()
                .forEach(CompletableFuture::join);
        return heard.stream()
                .mapToLong(output -> Millrace.ledgerHash(output.trajectoryId()))
                .toArray();
    }
}

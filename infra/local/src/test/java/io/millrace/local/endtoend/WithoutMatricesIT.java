package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.admin.PolicyAdmin;
import io.millrace.local.admin.PolicyFile;
import io.millrace.local.admin.TopicTail;
import io.millrace.local.cli.MillraceRun;
import io.millrace.local.processes.ClusterShape;
import io.millrace.local.processes.ProcessCluster;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cluster whose lib/ has no ND4J, and the command that submits to it. */
@Tag("cluster")
final class WithoutMatricesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final PolicyDefinition DEEP = PolicyFile.parse("""
            policy: deep
            kind: mlp
            model: { inputs: 2, actions: [a, b] }
            """);

    @Test
    void refusesTheKindsThatNeedItAndLearnsAllOthers() throws Exception {
        PolicyDefinition flat = Bandit.named("flat");
        try (ProcessCluster cluster = ProcessCluster.start(
                new ClusterShape(1, ClusterShape.Matrices.WITHOUT_ND4J, 1, Map.of(), Duration.ofSeconds(1)))) {
            PolicyAdmin policies = new PolicyAdmin(cluster.kafka(), Clock.systemUTC());
            policies.apply(DEEP);
            policies.apply(flat);

            MillraceRun submit = MillraceRun.of(
                    "submit",
                    "--rest",
                    cluster.flink().toString(),
                    "--bootstrap-servers",
                    cluster.kafka().bootstrapServers());

            assertThat(submit.exit()).as(submit.err()).isZero();
            assertThat(submit.out()).contains(" runs at " + cluster.flink());
            var letters = new ConcurrentLinkedQueue<DeadLetter>();
            try (var tail = TopicTail.follow(
                            cluster.kafka(), cluster.kafka().topics().deadLetters(), letters::add);
                    Millrace millrace = serve(cluster);
                    PublishedUpdates published = PublishedUpdates.of(cluster.kafka())) {
                long[] expected = Users.few(millrace, flat.policy(), 50);
                await().atMost(PATIENCE)
                        .until(() -> published.audit(flat.policy(), expected).exactlyOnce());
                assertRefused(letters);
                assertThat(tail).isNotNull();
            }
            assertThat(get(cluster.serving().get(0).resolve("/v1/policies/flat")))
                    .contains("\"ready\":true");
        }
    }

    private static void assertRefused(Iterable<DeadLetter> letters) {
        await("the refusal")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(letters).anySatisfy(letter -> {
                    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.POLICY_REFUSED);
                    assertThat(letter.getDetail())
                            .contains("needs the jars of ND4J")
                            .contains("nd4j-native")
                            .contains("(policy 'deep')");
                }));
    }

    private static Millrace serve(ProcessCluster cluster) throws InterruptedException {
        Millrace millrace = Millrace.open(new MillraceConfig(
                cluster.kafka().bootstrapServers(),
                cluster.kafka().topics().prefix(),
                "test",
                Set.of("flat"),
                PATIENCE,
                Duration.ofSeconds(1),
                Map.of()));
        assertThat(millrace.awaitReady(PATIENCE)).isTrue();
        return millrace;
    }

    private static String get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}

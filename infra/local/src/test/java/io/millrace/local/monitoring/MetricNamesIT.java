package io.millrace.local.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.system.BundledPolicies;
import io.millrace.local.system.LocalSystem;
import io.millrace.local.system.LocalSystemOptions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.sdk.Feedback;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.Output;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Rules, dashboard and code speak of the same metrics. */
final class MetricNamesIT {

    private static final PolicyDefinition POLICY = BundledPolicies.forWorld("bandit", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void everyMetricOfRulesAndDashboardIsShownByASystemThatLearns() throws Exception {
        int port = freePort();
        try (LocalSystem system = LocalSystem.start(
                LocalSystemOptions.temporary(List.of(POLICY)).withReplicas(1).withMetricsAt(Optional.of(port)))) {
            URI server = system.replicas().get(0).server().uri().resolve("/metrics");
            URI learner = URI.create("http://127.0.0.1:" + port + "/metrics");
            teach(system.replicas().get(0).millrace(), 20);
            sendRubbish(system);
            system.learner().checkpoint();
            Set<String> named = named();

            assertThat(named).hasSizeGreaterThan(15);
            await().atMost(PATIENCE).untilAsserted(() -> {
                Set<String> shown = new TreeSet<>(MetricNames.scraped(get(server)));
                shown.addAll(MetricNames.scraped(get(learner)));
                assertThat(shown).containsAll(named);
            });
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(value(learner, OPERATOR + "millrace_policy_trajectoriesPublished", "policy=\"bandit\""))
                        .isEqualTo(20);
                assertThat(value(learner, OPERATOR + "millrace_policy_trajectoriesCompleted", "policy=\"bandit\""))
                        .isEqualTo(20);
                assertThat(value(
                                learner,
                                OPERATOR + "user_millrace_reason_deadLettersWritten",
                                "reason=\"UNDECODABLE\""))
                        .isEqualTo(1);
                assertThat(value(learner, OPERATOR + "user_millrace_reason_deadLettersWritten", "reason=\"LATE\""))
                        .isZero();
                assertThat(value(
                                learner,
                                OPERATOR + "millrace_policy_link_lagMillis_count",
                                "link=\"joinedToPublished\""))
                        .isPositive();
            });
            for (String link : List.of("observedToAppended", "appendedToJoined", "joinedToPublished")) {
                assertLinkIsShown(server, link, "learner");
            }
            // The last link is counted when the version that was served is replaced.
            teach(system.replicas().get(0).millrace(), 20);
            for (String link : List.of("publishedToApplied", "appliedToServed", "appendedToApplied")) {
                assertLinkIsShown(server, link, "replica-1");
            }
        }
    }

    private void assertLinkIsShown(URI server, String link, String replica) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(server))
                        .contains("millrace_update_lag_seconds_bucket{link=\"" + link
                                + "\",policy=\"bandit\",replica=\"" + replica + "\""));
    }

    /** By rules and dashboard, less what the rules themselves record. */
    private static Set<String> named() throws Exception {
        RuleFile rules = RuleFile.read();
        Set<String> named = new TreeSet<>(rules.metrics());
        named.addAll(MetricNames.ofDashboard());
        named.removeAll(rules.recordedNames());
        return named;
    }

    private double value(URI address, String name, String label) throws Exception {
        return get(address)
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String get(URI address) throws Exception {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void teach(Millrace millrace, int trajectories) throws Exception {
        for (int i = 0; i < trajectories; i++) {
            Output output = millrace.generate(GenerationRequest.forPolicy(POLICY.policy())
                            .candidate("a", Map.of("a", 1f))
                            .candidate("b", Map.of("b", 1f))
                            .build())
                    .get();
            millrace.feedback(new Feedback(
                            POLICY.policy(),
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

    private static void sendRubbish(LocalSystem system) throws Exception {
        try (var producer =
                new KafkaProducer<>(system.kafka().clientConfig(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            system.kafka().topics().rewards().name(), "someone", new byte[] {1, 2, 3}))
                    .get();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

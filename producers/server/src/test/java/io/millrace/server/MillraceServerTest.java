package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.token.FeedbackSecret;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MillraceServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ServedOverHttp served;

    @BeforeEach
    void start() throws InterruptedException {
        served = ServedOverHttp.withParameters();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void answersAnOutputThatIsLoggedAlready() {
        HttpResponse<String> response = served.post("/v1/policies/home/generations", ServedOverHttp.CHOICE);

        JsonNode output = ServedOverHttp.json(response);
        Map<String, Object> logged = served.kafka.generations().get(0);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(output.get("trajectoryId").textValue()).isEqualTo(logged.get("trajectoryId"));
        assertThat(output.get("output").get(0).textValue()).isIn("a", "b");
        assertThat(output.get("probability").doubleValue()).isBetween(0.0, 1.0);
        assertThat(output.get("epoch").longValue()).isEqualTo(1);
        assertThat(output.get("version").longValue()).isEqualTo(logged.get("parametersVersion"));
        assertThat(output.get("feedbackExpiresAt").textValue()).isEqualTo("2026-03-01T12:10:00Z");
    }

    @Test
    void takesEveryFieldOfARequest() {
        JsonNode first = ServedOverHttp.json(served.post("/v1/policies/home/generations", ServedOverHttp.CHOICE));
        String body = ServedOverHttp.choiceAnd(
                "\"draw\": \"greedy\", \"temperature\": 0.5, \"topK\": 0, \"topP\": 1, \"segment\": \"de\","
                        + " \"group\": \"g\", \"trajectoryId\": " + first.get("trajectoryId") + ", \"step\": 1,"
                        + " \"previousToken\": " + first.get("feedbackToken") + ", \"last\": false");

        JsonNode output = ServedOverHttp.json(served.post("/v1/policies/home/generations", body));

        Map<String, Object> logged = served.kafka.generations().get(1);
        assertThat(output.get("trajectoryId")).isEqualTo(first.get("trajectoryId"));
        assertThat(output.get("step").intValue()).isEqualTo(1).isEqualTo(logged.get("step"));
        assertThat(logged.get("segment")).isEqualTo("de");
        assertThat(logged.get("group")).isEqualTo("g");
        assertThat(logged.get("last")).isEqualTo(false);
    }

    @Test
    void acceptsFeedbackOnceKafkaHasIt() {
        String token = served.token();

        HttpResponse<String> response = served.post(
                "/v1/feedback",
                "{\"feedbackToken\": \"" + token
                        + "\", \"value\": 0.25, \"name\": \"thumbs\", \"last\": true, \"source\": \"app\"}");

        assertThat(response.statusCode()).isEqualTo(202);
        Map<String, Object> generation = served.kafka.generations().get(0);
        Map<String, Object> reward = served.kafka.rewards().get(0);
        assertThat(reward.get("trajectoryId")).isEqualTo(generation.get("trajectoryId"));
        assertThat(reward.get("policy")).isEqualTo("home");
        assertThat(reward.get("step")).isEqualTo(0);
        assertThat(reward.get("value")).isEqualTo(0.25);
        assertThat(reward.get("name")).isEqualTo("thumbs");
        assertThat(reward.get("last")).isEqualTo(true);
        assertThat(reward.get("source")).isEqualTo("app");
    }

    @Test
    void neverChoosesAnExcludedCandidateAndLogsThatItWasThere() {
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> response = served.post(
                    "/v1/policies/home/generations",
                    "{\"candidates\": [{\"id\": \"a\", \"excluded\": true}, {\"id\": \"b\"}, {\"id\": \"c\"}]}");
            assertThat(ServedOverHttp.json(response).get("output").get(0).textValue())
                    .isIn("b", "c");
        }
        assertThat(String.valueOf(served.kafka.generations().get(0).get("candidates")))
                .contains("\"excluded\": true", "\"excluded\": false");
    }

    @Test
    void givesRepeatedFeedbackTheSameIdentifierUnlessToldOtherwise() {
        String token = served.token();
        String start = "{\"feedbackToken\": \"" + token + "\", \"value\": 1";

        served.post("/v1/feedback", start + "}");
        served.post("/v1/feedback", start + "}");
        served.post("/v1/feedback", start + ", \"rewardId\": \"second\"}");

        List<Object> ids = served.kafka.rewards().stream()
                .map(reward -> reward.get("rewardId"))
                .toList();
        assertThat(ids).containsExactly("score/0", "score/0", "second");
    }

    @Test
    void acceptsTheTokenOfAnotherReplicaWithTheSameSecret() throws InterruptedException {
        String token = served.token();
        try (ServedOverHttp other = ServedOverHttp.withParameters()) {
            assertThat(other.post("/v1/feedback", "{\"feedbackToken\": \"" + token + "\", \"value\": 1}")
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void refusesATokenOnceTheRewardWindowOfItsPolicyIsOver() {
        String token = served.token();
        served.clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(served.post("/v1/feedback", "{\"feedbackToken\": \"" + token + "\", \"value\": 1}")
                        .statusCode())
                .isEqualTo(202);
        served.clock.advance(Duration.ofMillis(1));

        HttpResponse<String> response =
                served.post("/v1/feedback", "{\"feedbackToken\": \"" + token + "\", \"value\": 1}");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(ServedOverHttp.json(response).get("found").textValue()).contains("2026-03-01T12:10:00Z");
        assertThat(ServedOverHttp.json(response).get("remedy").textValue()).contains("join.reward-window");
        assertThat(served.kafka.rewards()).hasSize(1);
    }

    @Test
    void answersUnavailableWhileKafkaIsAwayAndLosesNothingThatItAnswered() {
        String token = served.token();
        served.kafka.goAway();

        HttpResponse<String> generation = served.post("/v1/policies/home/generations", ServedOverHttp.CHOICE);
        HttpResponse<String> feedback =
                served.post("/v1/feedback", "{\"feedbackToken\": \"" + token + "\", \"value\": 1}");

        for (HttpResponse<String> response : List.of(generation, feedback)) {
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
        }
        served.kafka.comeBack();
        assertThat(served.token()).isNotBlank();
        assertThat(served.kafka.generations()).hasSize(2);
        assertThat(served.kafka.rewards()).isEmpty();
    }

    @Test
    void isReadyOnlyOnceParametersHaveArrived() {
        try (ServedOverHttp early = ServedOverHttp.empty()) {
            assertThat(early.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(early.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(early.head("/health/ready").statusCode()).isEqualTo(503);
            assertThat(early.head("/health/live").statusCode()).isEqualTo(200);
            early.learner.applySpecification();
            await().atMost(PATIENCE).until(() -> !early.millrace.policies().isEmpty());
            assertThat(early.post("/v1/policies/home/generations", ServedOverHttp.CHOICE)
                            .statusCode())
                    .isEqualTo(503);
            early.learner.publishSnapshot();
            await().atMost(PATIENCE).until(() -> early.get("/health/ready").statusCode() == 200);
        }
    }

    @Test
    void showsPoliciesAndLag() {
        served.learner.publishDelta();
        await().atMost(PATIENCE).until(() -> served.millrace.policies().get(0).version() == 1);
        served.clock.advance(Duration.ofSeconds(1));
        await().atMost(PATIENCE)
                .until(() -> ServedOverHttp.json(served.get("/v1/lag"))
                                .at("/replicas/0/linksMillis/appendedToApplied/count")
                                .asLong()
                        == 10);

        JsonNode policy = ServedOverHttp.json(served.get("/v1/policies/home"));
        JsonNode replica = ServedOverHttp.json(served.get("/v1/lag")).at("/replicas/0");
        assertThat(ServedOverHttp.json(served.get("/v1/policies")).at("/policies/0"))
                .isEqualTo(policy);
        assertThat(policy.get("version").longValue()).isEqualTo(1);
        assertThat(policy.get("rewardMean").doubleValue()).isEqualTo(0.5);
        assertThat(policy.at("/specification/kind").textValue()).isEqualTo("choice");
        assertThat(replica.get("replica").textValue()).isEqualTo("tested");
        assertThat(replica.get("role").textValue()).isEqualTo("serving");
        assertThat(replica.get("versionsBehind").longValue()).isZero();
        assertThat(replica.get("checksumMatches").booleanValue()).isTrue();
        assertThat(replica.at("/linksMillis/appendedToApplied/p50").doubleValue())
                .isEqualTo(40);
    }

    @Test
    void exportsMetricsInBaseUnitsByPolicyAndReplica() {
        served.token();
        served.learner.publishDelta();
        await().atMost(PATIENCE).until(() -> served.millrace.policies().get(0).version() == 1);
        served.clock.advance(Duration.ofSeconds(1));
        await().atMost(PATIENCE)
                .until(() -> served.get("/metrics").body().contains("millrace_update_lag_seconds_bucket{"));

        String metrics = served.get("/metrics").body();
        assertThat(metrics)
                .contains("millrace_generations_total{policy=\"home\"} 1.0")
                .contains("millrace_generation_records_total{outcome=\"logged\"} 1.0")
                .contains("millrace_feedback_total{outcome=\"logged\"} 0.0")
                .contains("millrace_parameters_version{policy=\"home\"} 1.0")
                .contains("millrace_versions_behind{policy=\"home\",replica=\"tested\",role=\"serving\"} 0.0")
                .contains("millrace_checksum_matches{policy=\"home\",replica=\"tested\",role=\"serving\"} 1.0")
                .contains(
                        bucket("appendedToApplied", "tested", "serving", "0.02") + " 0",
                        bucket("appendedToApplied", "tested", "serving", "0.04") + " 1",
                        bucket("appendedToApplied", "tested", "serving", "+Inf") + " 1")
                .contains("millrace_policy_paused{policy=\"home\"} 0.0")
                .contains("millrace_policy_ready{policy=\"home\"} 1.0")
                .contains("millrace_ready 1.0")
                .containsPattern("millrace_request_seconds_count\\{method=\"POST\","
                        + "route=\"/v1/policies/\\{policy}/generations\",status=\"200\"} 1");
        assertThat(metrics).doesNotContain("trajectory");
    }

    private static String bucket(String link, String replica, String role, String bound) {
        return "millrace_update_lag_seconds_bucket{link=\"" + link + "\",policy=\"home\",replica=\"" + replica
                + "\",role=\"" + role + "\",le=\"" + bound + "\"}";
    }

    @Test
    void countsInventedMethodsTogether() {
        for (String invented : List.of("BREW", "STEEP", "POUR")) {
            served.send(served.request("/v1/policies").method(invented, HttpRequest.BodyPublishers.noBody()));
        }

        assertThat(served.get("/metrics").body())
                .contains("millrace_request_seconds_count{method=\"other\"")
                .doesNotContain("BREW", "STEEP", "POUR");
    }

    @Test
    void describesEveryRouteInOpenApiAndNoOther() {
        JsonNode document = ServedOverHttp.json(served.get("/openapi.json"));
        var described = new TreeSet<String>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        var registered = new TreeSet<String>();
        served.server.routes().forEach(route -> registered.add(route.method().name() + " " + route.path()));

        assertThat(described).isEqualTo(registered).hasSize(12);
        assertThat(document.get("openapi").textValue()).isEqualTo("3.1.0");
        document.findValuesAsText("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void showsADashboardThatNeedsNothingFromElsewhere() {
        HttpResponse<String> page = served.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        assertThat(page.body()).contains("v1/policies", "v1/lag").doesNotContain("http://", "https://", "src=");
    }

    @Test
    void saysWhyItCannotListen() {
        var taken = new ServerConfig(
                ServerConfig.DEFAULT_HOST,
                served.server.port(),
                FeedbackSecret.random(),
                ServerConfig.DEFAULT_TOKEN_LIFETIME,
                ServerConfig.DEFAULT_MAX_BODY_BYTES);

        assertThatThrownBy(() -> MillraceServer.start(taken, served.millrace).close())
                .hasMessageContaining(Integer.toString(served.server.port()));
    }
}

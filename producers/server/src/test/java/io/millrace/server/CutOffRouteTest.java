package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.sdk.fixture.Served;
import io.millrace.sdk.fixture.TestLearner;
import io.millrace.sdk.fixture.WalkPolicy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutOffRouteTest {

    private static final String PATH = "/v1/policies/walk/cut-offs";

    private ServedOverHttp served;
    private JsonNode first;

    @BeforeEach
    void start() throws InterruptedException {
        served = ServedOverHttp.withParameters();
        TestLearner.ofWalk(served.kafka, served.clock, "walk")
                .applySpecification(WalkPolicy.specification("walk"), 1)
                .publishSnapshot()
                .storeSnapshot();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> served.millrace.policies().stream()
                        .anyMatch(policy -> policy.name().equals("walk") && policy.ready()));
        first = ServedOverHttp.json(
                served.post("/v1/policies/walk/generations", "{\"vector\": [0.5, 1], \"last\": false}"));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void acceptsWhereATrajectoryWasCutOffOnceKafkaHasIt() {
        HttpResponse<String> response = served.post(PATH, body("\"vector\": [0.25, 2], \"step\": 1", token()));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(ServedOverHttp.json(response).get("status").textValue()).isEqualTo("accepted");
        Map<String, Object> logged = served.kafka.generations().get(1);
        assertThat(logged.get("trajectoryId"))
                .isEqualTo(first.get("trajectoryId").textValue());
        assertThat(logged.get("step")).isEqualTo(1);
        assertThat(logged.get("last")).isEqualTo(true);
        assertThat(logged.get("actions")).hasToString("[]");
        assertThat(Served.status(served.millrace, "walk").generations())
                .as("nothing was generated")
                .isEqualTo(1);
    }

    @Test
    void isOnlyForWhoGotTheLastStep() {
        HttpResponse<String> strange = served.post(PATH, body("\"vector\": [0, 1], \"step\": 1", served.token()));
        HttpResponse<String> tooFar = served.post(PATH, body("\"vector\": [0, 1], \"step\": 2", token()));

        assertThat(strange.statusCode()).isEqualTo(403);
        assertThat(tooFar.statusCode()).isEqualTo(403);
        assertThat(served.post(PATH, body("\"vector\": [0, 1], \"step\": 1", "a.b.c"))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"vector\": [0, 1] | step: expected an integer of 1 or more, found nothing",
                "\"vector\": [0, 1], \"step\": 0 | cut-off: expected a trajectory's id and a step of 1 or more",
                "\"vector\": [0, 1], \"step\": -1 | step: expected 0 or more, found -1",
                "\"vector\": [0, 1], \"step\": 1000 | step: expected less than 1000",
                "\"vector\": [0], \"step\": 1 | prompt: expected a state of two numbers",
                "\"step\": 1 | input: expected exactly one of tokens, vector and candidates, found 0",
                "\"vector\": [0, 1], \"step\": 1, \"last\": false | expected only fields of",
                "\"vector\": [0, 1], \"step\": 1, \"draw\": \"greedy\" | expected only fields of",
            })
    void refusesWhatIsNoCutOffAndLogsNothing(String fields, String detail) {
        HttpResponse<String> response = served.post(PATH, body(fields, token()));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(ServedOverHttp.json(response).get("detail").textValue()).contains(detail);
        assertThat(served.kafka.generations()).hasSize(1);
    }

    @Test
    void needsTheTrajectoryAndItsToken() {
        HttpResponse<String> without = served.post(PATH, "{\"vector\": [0, 1], \"step\": 1}");
        HttpResponse<String> unproven = served.post(
                PATH, "{\"vector\": [0, 1], \"step\": 1, \"trajectoryId\": " + first.get("trajectoryId") + "}");

        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(without.body()).contains("trajectoryId: expected text, found nothing");
        assertThat(unproven.statusCode()).isEqualTo(400);
        assertThat(unproven.body()).contains("previousToken: expected text, found nothing");
    }

    private String token() {
        return first.get("feedbackToken").textValue();
    }

    private String body(String fields, String token) {
        return "{" + fields + ", \"trajectoryId\": " + first.get("trajectoryId") + ", \"previousToken\": \"" + token
                + "\"}";
    }
}

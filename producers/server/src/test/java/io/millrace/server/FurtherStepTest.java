package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FurtherStepTest {

    private ServedOverHttp served;
    private JsonNode first;

    @BeforeEach
    void start() throws InterruptedException {
        served = ServedOverHttp.withParameters();
        first = ServedOverHttp.json(served.post("/v1/policies/home/generations", ServedOverHttp.CHOICE));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void followsTheStepWhoseTokenItCarries() {
        JsonNode second = ServedOverHttp.json(step(first.get("trajectoryId"), 1, first.get("feedbackToken")));
        HttpResponse<String> third = step(first.get("trajectoryId"), 2, second.get("feedbackToken"));

        assertThat(third.statusCode()).isEqualTo(200);
        assertThat(served.kafka.generations())
                .extracting(generation -> generation.get("step"))
                .containsExactly(0, 1, 2);
    }

    @Test
    void isRefusedToAStranger() {
        JsonNode strange = ServedOverHttp.json(served.post("/v1/policies/home/generations", ServedOverHttp.CHOICE));

        refused(
                403,
                "came with step 0 of trajectory "
                        + first.get("trajectoryId").toString().replace('"', '\''),
                ask("\"trajectoryId\": " + first.get("trajectoryId") + ", \"step\": 1"));
        refused(403, "found the one of another step", step(first.get("trajectoryId"), 1, strange.get("feedbackToken")));
        refused(403, "found the one of another step", step(first.get("trajectoryId"), 2, first.get("feedbackToken")));
        refused(
                401,
                "previousToken: expected one that came with an output",
                ask("\"trajectoryId\": \"t\", \"step\": 1, \"previousToken\": \"a.b.c\""));
        assertThat(served.kafka.generations()).hasSize(2);
    }

    @Test
    void isRefusedOnceThePolicyNoLongerWaitsForTheTrajectory() {
        served.clock.advance(Duration.ofMinutes(10));

        refused(
                403,
                "previousToken: expected one that has not expired",
                step(first.get("trajectoryId"), 1, first.get("feedbackToken")));
    }

    @Test
    void needsFieldsThatGoTogether() {
        refused(400, "step: expected 1 or more", ask("\"trajectoryId\": \"t\", \"step\": 0"));
        refused(400, "step: expected less than 1000", ask("\"trajectoryId\": \"t\", \"step\": 1000"));
        refused(
                400,
                "expected trajectoryId and step beside it",
                ask("\"previousToken\": " + first.get("feedbackToken")));
    }

    private HttpResponse<String> step(JsonNode trajectoryId, int step, JsonNode previousToken) {
        return ask(
                "\"trajectoryId\": " + trajectoryId + ", \"step\": " + step + ", \"previousToken\": " + previousToken);
    }

    private HttpResponse<String> ask(String fields) {
        return served.post("/v1/policies/home/generations", ServedOverHttp.choiceAnd(fields));
    }

    private static void refused(int status, String detail, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(ServedOverHttp.json(response).get("detail").textValue()).contains(detail);
    }
}

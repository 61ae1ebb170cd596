package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemonstrationRouteTest {

    private static final String PATH = "/v1/policies/home/demonstrations";

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
    void acceptsWhatIsRightOnceKafkaHasIt() {
        HttpResponse<String> response =
                served.post(PATH, with("\"output\": [\"b\"], \"weight\": 0.5, \"demonstrationId\": \"t7\""));

        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode answer = ServedOverHttp.json(response);
        assertThat(answer.get("status").textValue()).isEqualTo("accepted");
        assertThat(answer.get("trajectoryId").textValue()).isEqualTo("demonstration-t7");
        Map<String, Object> logged = served.kafka.generations().get(0);
        assertThat(logged.get("trajectoryId")).isEqualTo("demonstration-t7");
        assertThat(logged.get("demonstrated")).isEqualTo(true);
        assertThat(logged.get("weight")).isEqualTo(0.5f);
        assertThat(logged.get("actions")).hasToString("[1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"weight\": 1 | output: expected an array of text",
                "\"output\": [] | output: expected what is right",
                "\"output\": \"b\" | output: expected an array of text",
                "\"output\": [2] | output[0]: expected text",
                "\"output\": [\"z\"] | output[0]: expected one of the candidates [a, b], found 'z'",
                "\"output\": [\"a\", \"b\"] | actions: expected 1, found 2",
                "\"output\": [\"b\"], \"weight\": -1 | weight: expected 0 to 1000",
                "\"output\": [\"b\"], \"trajectoryId\": \"t1\", \"step\": 0 | expected only fields of",
                "\"output\": [\"b\"], \"demonstrationId\": \"\" | demonstrationId: expected 1 to 180 characters",
                "\"output\": [\"b\"], \"demonstrationId\": \"a\\nb\" | demonstrationId: expected 1 to 180 characters",
                "\"output\": [\"b\\ud800\"] | body: expected text of whole characters, found half of one",
                "\"output\": [\"b\\udc00x\"] | body: expected text of whole characters, found half of one",
                "\"output\": [\"b\"], \"group\": \"g\" | expected only fields of",
                "\"output\": [\"b\"], \"draw\": \"greedy\" | expected only fields of",
            })
    void refusesWhatIsNoDemonstrationAndLogsNothing(String fields, String detail) {
        HttpResponse<String> response = served.post(PATH, with(fields));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(ServedOverHttp.json(response).toString().replace("\\\"", "\""))
                .contains(detail);
        assertThat(served.kafka.generations()).isEmpty();
    }

    @Test
    void knowsNoPolicyOfAnotherName() {
        HttpResponse<String> response = served.post("/v1/policies/other/demonstrations", with("\"output\": [\"b\"]"));

        assertThat(response.statusCode()).isEqualTo(404);
    }

    private static String with(String fields) {
        return ServedOverHttp.CHOICE.substring(0, ServedOverHttp.CHOICE.length() - 1) + ", " + fields + "}";
    }
}

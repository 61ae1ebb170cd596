package io.millrace.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.fixture.MemoryKafka;
import io.millrace.sdk.fixture.Served;
import io.millrace.sdk.fixture.TestClock;
import io.millrace.sdk.fixture.TestLearner;
import io.millrace.server.token.FeedbackSecret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A server on a free port, on a real Millrace on an in-memory Kafka, with the policy 'home' published; and a client. */
final class ServedOverHttp implements AutoCloseable {

    static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    static final String CHOICE =
            "{\"features\": {\"hour\": 0.5}, \"candidates\": [{\"id\": \"a\", \"features\": {\"red\": 1}}, {\"id\": \"b\"}]}";

    /** The choice with further fields. */
    static String choiceAnd(String fields) {
        return CHOICE.substring(0, CHOICE.length() - 1) + ", " + fields + "}";
    }

    private static final int MAX_BODY_BYTES = 100_000;

    private static final JsonMapper JSON = new JsonMapper();

    final TestClock clock = new TestClock();
    final MemoryKafka kafka = new MemoryKafka(clock);
    final TestLearner learner;
    final Millrace millrace;
    final MillraceServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ServedOverHttp(UnaryOperator<TestLearner> publish) {
        learner = publish.apply(TestLearner.ofChoice(kafka, clock, "home"));
        millrace = Served.open(kafka, clock);
        var config = new ServerConfig(
                ServerConfig.DEFAULT_HOST, 0, FeedbackSecret.of("secret", SECRET), Duration.ofHours(1), MAX_BODY_BYTES);
        server = MillraceServer.start(config, millrace, clock);
    }

    /** Ready to generate. */
    static ServedOverHttp withParameters() throws InterruptedException {
        var served = new ServedOverHttp(
                learner -> learner.applySpecification().publishSnapshot().storeSnapshot());
        if (!served.millrace.awaitReady(Duration.ofSeconds(10))) {
            throw new IllegalStateException("no parameters arrived");
        }
        return served;
    }

    /** On a Kafka that holds nothing. */
    static ServedOverHttp empty() {
        return new ServedOverHttp(learner -> learner);
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> head(String path) {
        return send(request(path).method("HEAD", BodyPublishers.noBody()));
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri().resolve(path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The feedback token of a new output. */
    String token() {
        return json(post("/v1/policies/home/generations", CHOICE))
                .get("feedbackToken")
                .textValue();
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(response.body(), e);
        }
    }

    @Override
    public void close() {
        server.close();
        millrace.close();
    }
}

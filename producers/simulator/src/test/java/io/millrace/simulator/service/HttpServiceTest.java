package io.millrace.simulator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.millrace.sdk.InvalidRequestException;
import io.millrace.sdk.UnavailableException;
import io.millrace.simulator.world.Situation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServiceTest {

    private static final Situation SPELLING = new Situation.Sequence(List.of("g", "o"), Optional.of("2"));
    private static final Answer ANSWER = new Answer("t-1", "token", List.of("G", "OW"));

    private record Request(String path, JsonNode body) {}

    private final ObjectMapper json = new ObjectMapper();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private volatile String reply = "{}";
    private HttpServer server;
    private HttpService service;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(new Request(exchange.getRequestURI().getPath(), json.readTree(exchange.getRequestBody())));
            byte[] body = reply.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        service = new HttpService(HttpClient.newHttpClient(), base, "pronounce", Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksWithTokensAndReadsTheAnswer() throws InterruptedException {
        reply = "{\"trajectoryId\":\"t-1\",\"output\":[\"G\",\"OW\"],\"probability\":0.5,\"epoch\":1,\"version\":2,"
                + "\"feedbackToken\":\"token\"}";

        assertThat(service.generate(SPELLING).join()).isEqualTo(ANSWER);
        Request asked = requests.take();
        assertThat(asked.path()).isEqualTo("/v1/policies/pronounce/generations");
        assertThat(asked.body()).hasToString("{\"tokens\":[\"g\",\"o\"],\"segment\":\"2\"}");
    }

    @Test
    void asksWithFeaturesAndCandidates() throws InterruptedException {
        reply = "{\"trajectoryId\":\"t-1\",\"output\":[\"a\"],\"feedbackToken\":\"token\"}";
        Situation choice = new Situation.Choice(
                Map.of("hour", 0.5f), List.of(new Situation.Candidate("a", Map.of("new", 1f))), Optional.empty());

        assertThat(service.generate(choice).join().output()).containsExactly("a");
        assertThat(requests.take().body())
                .hasToString(
                        "{\"features\":{\"hour\":0.5},\"candidates\":[{\"id\":\"a\",\"features\":{\"new\":1.0}}]}");
    }

    @Test
    void answersWithTheTokenThatItWasGiven() throws InterruptedException {
        status = 202;
        feedback().join();

        Request told = requests.take();
        assertThat(told.path()).isEqualTo("/v1/feedback");
        assertThat(told.body().get("feedbackToken").asText()).isEqualTo("token");
        assertThat(told.body().get("value").asDouble()).isEqualTo(0.75);
        assertThat(told.body().get("name").asText()).isEqualTo("score");
        assertThat(told.body().get("last").asBoolean()).isTrue();
    }

    @Test
    void isWorthAnotherTryWhenTheServerIsBusyOrGone() {
        status = 503;
        assertThatThrownBy(() -> feedback().join()).hasCauseInstanceOf(UnavailableException.class);
        status = 429;
        assertThatThrownBy(() -> feedback().join()).hasCauseInstanceOf(UnavailableException.class);

        server.stop(0);
        assertThatThrownBy(() -> feedback().join()).hasCauseInstanceOf(UnavailableException.class);
    }

    @Test
    void isNotWorthAnotherTryWhenTheRequestIsWrong() {
        status = 410;
        reply = "{\"detail\":\"feedbackToken: expired\"}";

        assertThatThrownBy(() -> feedback().join())
                .hasCauseInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("expected success, found 410")
                .hasMessageContaining("expired");
    }

    @Test
    void refusesAnAnswerThatLacksSomething() {
        reply = "{\"trajectoryId\":\"t-1\",\"output\":[]}";
        assertThatThrownBy(() -> service.generate(SPELLING).join())
                .hasMessageContaining("expected text in 'feedbackToken'");

        reply = "hello";
        assertThatThrownBy(() -> service.generate(SPELLING).join()).hasMessageContaining("expected JSON, found hello");
    }

    private CompletableFuture<Void> feedback() {
        return service.feedback(ANSWER, new Reaction("reaction-1", 0.75, Instant.EPOCH));
    }
}

package io.millrace.simulator.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.sdk.Feedback;
import io.millrace.sdk.InvalidRequestException;
import io.millrace.sdk.UnavailableException;
import io.millrace.simulator.world.Situation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The service over HTTP. A feedback token stands for the reward's identity: the same one sent twice is one reward. */
public final class HttpService implements Service {

    private static final int FIRST_ERROR = 400;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;

    private final HttpClient client;
    private final URI base;
    private final URI generations;
    private final Duration timeout;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param base the server's address, such as {@code http://localhost:8080}
     * @param timeout longest wait for an answer
     */
    public HttpService(HttpClient client, URI base, String policy, Duration timeout) {
        this.client = client;
        this.base = base;
        this.generations = base.resolve("/v1/policies/" + policy + "/generations");
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<Answer> generate(Situation situation) {
        return post(generations, body(situation)).thenApply(this::answer);
    }

    @Override
    public CompletableFuture<Void> feedback(Answer answer, Reaction reaction) {
        Map<String, Object> body = Map.of(
                "feedbackToken",
                answer.ticket(),
                "value",
                reaction.value(),
                "name",
                Feedback.DEFAULT_METRIC,
                "last",
                true);
        return post(base.resolve("/v1/feedback"), body).thenAccept(accepted -> {});
    }

    private static Map<String, Object> body(Situation situation) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (situation instanceof Situation.Sequence sequence) {
            body.put("tokens", sequence.tokens());
        } else if (situation instanceof Situation.Choice choice) {
            body.put("features", choice.features());
            body.put("candidates", choice.candidates());
        }
        situation.segment().ifPresent(segment -> body.put("segment", segment));
        return body;
    }

    private Answer answer(String text) {
        JsonNode answer = read(text);
        List<String> output = new ArrayList<>();
        answer.path("output").forEach(token -> output.add(token.asText()));
        return new Answer(required(answer, "trajectoryId"), required(answer, "feedbackToken"), List.copyOf(output));
    }

    private static String required(JsonNode answer, String field) {
        JsonNode value = answer.path(field);
        if (!value.isTextual()) {
            throw new InvalidRequestException(
                    "answer of the service: expected text in '" + field + "', found " + answer);
        }
        return value.textValue();
    }

    private CompletableFuture<String> post(URI uri, Object body) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(write(body)))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .exceptionally(failure -> {
                    throw new UnavailableException(uri + ": expected an answer, found none", cause(failure));
                })
                .thenApply(HttpService::accepted);
    }

    private static String accepted(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status < FIRST_ERROR) {
            return response.body();
        }
        String found = response.uri() + ": expected success, found " + status + " " + response.body();
        if (status == TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR) {
            throw new UnavailableException(found);
        }
        throw new InvalidRequestException(found);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }

    private String write(Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("request: could not be written as JSON: " + body, e);
        }
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException("answer of the service: expected JSON, found " + text);
        }
    }
}

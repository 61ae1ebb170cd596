package io.millrace.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client knows of the serving replicas: their addresses and what they answer to. Thread-safe. */
final class ServedOverHttp {

    private static final Logger LOG = LoggerFactory.getLogger(ServedOverHttp.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int THREADS = 2;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            // Its own executor has no bound: whenever answers come late it is some hundred threads, which take the
            // processor
            // from the very parts that are late.
            .executor(Executors.newFixedThreadPool(THREADS, runnable -> {
                Thread thread = new Thread(runnable, "http");
                thread.setDaemon(true);
                return thread;
            }))
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final String policy;

    /**
     * What came back.
     *
     * @param status of HTTP; 0: nothing came back, so nobody knows what became of the request
     */
    record Answer(int status, JsonNode body) {

        boolean ok() {
            return status / 100 == 2;
        }

        /** Whether the same request may be answered with yes another time. */
        boolean askAgain() {
            return status == 0 || status == 429 || status >= 500;
        }
    }

    /** Where a replica stands. */
    record Position(long epoch, long version) {}

    ServedOverHttp(String policy) {
        this.policy = policy;
    }

    CompletableFuture<Answer> generate(URI replica, String body) {
        return post(replica.resolve("/v1/policies/" + policy + "/generations"), body);
    }

    CompletableFuture<Answer> feedback(URI replica, String body) {
        return post(replica.resolve("/v1/feedback"), body);
    }

    /** The version that the replica serves now; of before any where it does not answer. */
    Position position(URI replica) {
        HttpRequest request = HttpRequest.newBuilder(replica.resolve("/v1/policies/" + policy))
                .timeout(PATIENCE)
                .GET()
                .build();
        JsonNode status = send(request).join().body();
        return new Position(
                status.path("epoch").asLong(-1), status.path("version").asLong(-1));
    }

    private CompletableFuture<Answer> post(URI uri, String body) {
        return send(HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private CompletableFuture<Answer> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> new Answer(answer.statusCode(), read(answer.body())))
                .exceptionally(failure -> {
                    LOG.debug("No answer from {}", request.uri(), failure);
                    return new Answer(0, json.createObjectNode());
                });
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

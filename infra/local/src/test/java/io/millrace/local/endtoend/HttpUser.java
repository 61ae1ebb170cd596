package io.millrace.local.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.sdk.Millrace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody who asks over HTTP and likes what he hears, for as long as he is let; keeps what he was told. */
final class HttpUser implements Runnable {

    private static final String REQUEST = """
            {"features": {"user": 1},
             "candidates": [{"id": "a", "features": {"a": 1}}, {"id": "b", "features": {"b": 1}}]}
            """;

    private static final long RETRY_AFTER_MS = 200;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI server;
    private final String policy;
    private final CountDownLatch stop;

    /** Ledger hashes of the trajectories whose output and feedback were both taken. */
    final ConcurrentLinkedQueue<Long> taken = new ConcurrentLinkedQueue<>();

    /** Answers other than 2xx. */
    final ConcurrentLinkedQueue<HttpResponse<String>> refusals = new ConcurrentLinkedQueue<>();

    HttpUser(URI server, String policy, CountDownLatch stop) {
        this.server = server;
        this.policy = policy;
        this.stop = stop;
    }

    @Override
    public void run() {
        try {
            while (stop.getCount() > 0) {
                Optional<String> output = post("/v1/policies/" + policy + "/generations", REQUEST);
                if (output.isPresent()) {
                    JsonNode answer = json.readTree(output.get());
                    String token = answer.get("feedbackToken").textValue();
                    if (post("/v1/feedback", "{\"feedbackToken\": \"" + token + "\", \"value\": 1, \"last\": true}")
                            .isPresent()) {
                        taken.add(Millrace.ledgerHash(answer.get("trajectoryId").textValue()));
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError("the server did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The body of a 2xx. */
    private Optional<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 == 2) {
            return Optional.of(answer.body());
        }
        refusals.add(answer);
        boolean unused = stop.await(RETRY_AFTER_MS, TimeUnit.MILLISECONDS);
        return Optional.empty();
    }

    static int taken(List<HttpUser> users) {
        return users.stream().mapToInt(user -> user.taken.size()).sum();
    }
}

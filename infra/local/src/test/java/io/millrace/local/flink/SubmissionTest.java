package io.millrace.local.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that answers as Flink does. */
final class SubmissionTest {

    private static final String RUNNING = "{\"state\": \"RUNNING\", \"vertices\": [{\"status\": \"RUNNING\"}]}";

    private static final String OF_OTHERS = "{\"jid\": \"x\", \"name\": \"others\", \"state\": \"RUNNING\"},"
            + "{\"jid\": \"j\", \"name\": \"learner\", \"state\": \"FAILED\"}";

    private static final String OLD = ", {\"jid\": \"j0\", \"name\": \"learner\", \"state\": \"RESTARTING\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // before each test
    private Path directory;

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> asked = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway.Init") // before each test
    private HttpServer server;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path jar;

    @BeforeEach
    void startServer() throws IOException {
        jar = Files.writeString(directory.resolve("learner-job.jar"), "the jar's bytes");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answers.put("POST /v1/jars/upload", "{\"filename\": \"/tmp/flink/4711_learner-job.jar\"}");
        answers.put("POST /v1/jars/4711_learner-job.jar/run", "{\"jobid\": \"j1\"}");
        answers.put("GET /v1/jobs/j1", RUNNING);
        answers.put("GET /v1/jobs/j1/exceptions", "{\"exceptionHistory\": {\"entries\": []}}");
        answers.put("GET /v1/jobs/overview", "{\"jobs\": [" + OF_OTHERS + "]}");
        answers.put("GET /v1/overview", "{\"taskmanagers\": 1, \"slots-total\": 2, \"slots-available\": 0}");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void uploadsTheJarRunsItWithItsArgumentsAndForgetsTheUpload() {
        answers.put("DELETE /v1/jars/4711_learner-job.jar", "{}");

        assertThat(submit()).isEqualTo("j1");

        assertThat(asked.get("POST /v1/jars/upload"))
                .contains("filename=\"learner-job.jar\"")
                .contains("the jar's bytes");
        assertThat(asked.get("POST /v1/jars/4711_learner-job.jar/run"))
                .contains("[\"--millrace.lanes\",\"8\"]")
                .contains("\"parallelism.default\":\"2\"");
        assertThat(asked).containsKey("DELETE /v1/jars/4711_learner-job.jar");
    }

    @Test
    void returnsTheJobThoughTheUploadCannotBeForgotten() {
        assertThat(submit()).isEqualTo("j1");
    }

    @Test
    void forgetsTheUploadThoughTheJobIsRefused() {
        answers.put("POST /v1/jars/4711_learner-job.jar/run", "!{\"errors\": [\"no\"]}");
        answers.put("DELETE /v1/jars/4711_learner-job.jar", "{}");

        assertThatThrownBy(this::submit).isInstanceOf(JobRefusedException.class);

        assertThat(asked).containsKey("DELETE /v1/jars/4711_learner-job.jar");
    }

    @Test
    void goesOnFromASavepoint() {
        assertThat(submission().submit(request(Optional.of("s3://savepoints/1"))))
                .isEqualTo("j1");

        assertThat(asked.get("POST /v1/jars/4711_learner-job.jar/run"))
                .contains("\"savepointPath\":\"s3://savepoints/1\"");
    }

    @Test
    void refusesASecondJobOfTheSameNameAndSaysHowToGoOn() {
        anOldOneRuns();

        assertThatThrownBy(() -> submission().submit(request(Optional.empty())))
                .isInstanceOf(JobRefusedException.class)
                .hasMessageContaining("job 'learner': expected none on the cluster at " + address())
                .hasMessageContaining("found [j0 (RESTARTING)]")
                .hasMessageContaining("flink stop --savepointPath DIR j0")
                .hasMessageContaining("--from SAVEPOINT")
                .hasMessageContaining("--replace");
        assertThat(asked).doesNotContainKey("POST /v1/jars/upload");
    }

    @Test
    void replacesAJobByStoppingItWithASavepointAndGoingOnFromThat() {
        anOldOneRuns();
        answers.put(
                "GET /v1/jobs/j0/savepoints/t1",
                "{\"status\": {\"id\": \"COMPLETED\"}, \"operation\": {\"location\": \"file:/savepoints/7\"}}");

        assertThat(submission().replace(request(Optional.empty())))
                .isEqualTo(new Replacement("j1", "j0", "file:/savepoints/7"));

        assertThat(asked.get("POST /v1/jobs/j0/stop")).contains("\"drain\": false");
        assertThat(asked.get("POST /v1/jars/4711_learner-job.jar/run"))
                .contains("\"savepointPath\":\"file:/savepoints/7\"");
        assertThat(asked).containsKey("DELETE /v1/jars/4711_learner-job.jar");
    }

    @Test
    void namesTheSavepointWhenTheJobThatReplacesDoesNotRun() {
        anOldOneRuns();
        answers.put("GET /v1/jobs/j0/savepoints/t1", "{\"operation\": {\"location\": \"file:/savepoints/7\"}}");
        answers.put("GET /v1/jobs/j1", "{\"state\": \"FAILED\", \"vertices\": []}");

        assertThatThrownBy(() -> submission().replace(request(Optional.empty())))
                .isInstanceOf(JobRefusedException.class)
                .hasMessageContaining("found it FAILED")
                .hasMessageEndingWith("--from file:/savepoints/7");
    }

    @Test
    void submitsNothingWhenTheOldJobDoesNotStop() {
        anOldOneRuns();
        answers.put(
                "GET /v1/jobs/j0/savepoints/t1",
                "{\"operation\": {\"failure-cause\": {\"stack-trace\": \"x.Y: z\\nCaused by: a.B: disk full\\n\"}}}");

        assertThatThrownBy(() -> submission().replace(request(Optional.empty())))
                .isInstanceOf(JobRefusedException.class)
                .hasMessageContaining("job j0: expected a savepoint, found a.B: disk full; nothing was submitted")
                .hasMessageContaining("curl -X PATCH '" + address() + "/v1/jobs/j0?mode=cancel'");
        answers.put("GET /v1/jobs/j0/savepoints/t1", "{\"status\": {\"id\": \"IN_PROGRESS\"}}");
        assertThatThrownBy(() -> submission().replace(request(Optional.empty())))
                .isInstanceOf(JobRefusedException.class)
                .hasMessageContaining("job j0: expected it to stop with a savepoint within 0 s");
        assertThat(asked).doesNotContainKey("POST /v1/jars/4711_learner-job.jar/run");
    }

    @Test
    void replacesNothingThatHasEnded() {
        assertThatThrownBy(() -> submission().replace(request(Optional.empty())))
                .isInstanceOf(JobRefusedException.class)
                .hasMessageContaining("expected exactly one")
                .hasMessageContaining("found [], and ended [j (FAILED)]")
                .hasMessageContaining("--from PATH");
    }

    @Test
    void saysWhyAJobHasFailedAtItsStart() {
        answers.put("GET /v1/jobs/j1", "{\"state\": \"FAILED\", \"vertices\": []}");
        answers.put(
                "GET /v1/jobs/j1/exceptions",
                "{\"exceptionHistory\": {\"entries\": [{\"stacktrace\": \"x.Y: z\\nCaused by: a.B: no such topic\\n\"}]}}");

        assertThatThrownBy(this::submit)
                .isInstanceOf(JobRefusedException.class)
                .hasMessageContaining("found it FAILED: a.B: no such topic");
    }

    @Test
    void saysThatSlotsAreMissing() {
        answers.put("GET /v1/jobs/j1", "{\"state\": \"RUNNING\", \"vertices\": [{\"status\": \"SCHEDULED\"}]}");

        assertThatThrownBy(this::submit)
                .isInstanceOf(JobRefusedException.class)
                .hasMessageContaining("no free slot (2 in 1 TaskManagers)")
                .hasMessageEndingWith("Job j1 still waits, and will run when it can; cancel it with curl -X PATCH '"
                        + address() + "/v1/jobs/j1?mode=cancel'");
    }

    @Test
    void saysWhatTheJobCannotGetOver() {
        answers.put("GET /v1/jobs/j1", "{\"state\": \"RESTARTING\", \"vertices\": [{\"status\": \"FAILED\"}]}");
        answers.put(
                "GET /v1/jobs/j1/exceptions",
                "{\"exceptionHistory\": {\"entries\": [{\"stacktrace\": \"x.Y: broken\"}]}}");

        assertThatThrownBy(this::submit).hasMessageContaining("[FAILED]: x.Y: broken");
    }

    @Test
    void passesOnWhatTheMainClassComplainedOf() {
        answers.put(
                "POST /v1/jars/4711_learner-job.jar/run",
                "!{\"errors\": [\"Internal server error.\", \"x.Y: z\\nCaused by: a.B: millrace.lanes: expected 1\\n\"]}");

        assertThatThrownBy(this::submit)
                .isInstanceOf(JobRefusedException.class)
                .hasMessageContaining("millrace.lanes: expected 1");
    }

    @Test
    void tellsAnotherServerFromAFlinkCluster() {
        answers.clear();

        assertThatThrownBy(this::submit)
                .isInstanceOf(JobRefusedException.class)
                .hasMessageContaining("web.submit.enable");
    }

    @Test
    void saysThatNobodyAnswers() {
        server.stop(0);

        assertThatThrownBy(this::submit)
                .isInstanceOf(FlinkAwayException.class)
                .hasMessageContaining("expected an answer of its REST interface at " + address());
    }

    @Test
    void refusesAJarThatIsNotThere() {
        jar = directory.resolve("none.jar");

        assertThatThrownBy(this::submit)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.jar");
    }

    private void anOldOneRuns() {
        answers.put("GET /v1/jobs/overview", "{\"jobs\": [" + OF_OTHERS + OLD + "]}");
        answers.put("POST /v1/jobs/j0/stop", "{\"request-id\": \"t1\"}");
    }

    private JobRequest request(Optional<String> from) {
        return new JobRequest("learner", jar, List.of("--millrace.lanes", "8"), Map.of(), from);
    }

    private Submission submission() {
        return new Submission(new FlinkRest(address()), Duration.ofMillis(1), Clock.systemUTC());
    }

    private String submit() {
        return submission().submit(jar, List.of("--millrace.lanes", "8"), Map.of("parallelism.default", "2"));
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** An answer that begins with "!" is an error, an unknown path is not found. */
    private void answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        asked.put(request, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String found = answers.get(request);
        String text = found == null ? "{\"errors\": [\"Not found\"]}" : found.replaceFirst("^!", "");
        int status = found == null ? 404 : found.startsWith("!") ? 500 : 200;
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}

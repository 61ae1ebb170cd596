package io.millrace.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Flink's REST interface, as far as submitting and watching a job needs it. Every method throws {@link FlinkAwayException}
 * when nobody answers there and {@link JobRefusedException} when the cluster answers with an error. Thread-safe.
 */
public final class FlinkRest {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int FIRST_ERROR = 400;
    private static final int UNAVAILABLE = 503;
    private static final int NOT_FOUND = 404;
    private static final String JSON = "application/json";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI rest;

    /** {@code rest}: the cluster's address, such as {@code http://localhost:8081}. */
    public FlinkRest(URI rest) {
        this.rest = rest;
    }

    public ClusterOverview overview() {
        JsonNode overview = get("/v1/overview");
        return new ClusterOverview(
                overview.path("taskmanagers").asInt(),
                overview.path("slots-total").asInt(),
                overview.path("slots-available").asInt());
    }

    /** Workers that have registered; 0 while nobody answers. */
    public int taskManagers() {
        try {
            return overview().taskManagers();
        } catch (FlinkAwayException | JobRefusedException e) {
            return 0;
        }
    }

    /** Uploads a jar; answers with the id to run it by. */
    public String upload(Path jar) {
        String boundary = "millrace-" + UUID.randomUUID();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                + jar.getFileName() + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
        JsonNode answer =
                post("/v1/jars/upload", "multipart/form-data; boundary=" + boundary, concat(head, jar, boundary));
        String file = answer.path("filename").asText();
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private static BodyPublisher concat(String head, Path jar, String boundary) {
        try {
            return BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofFile(jar),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        } catch (FileNotFoundException e) {
            throw new IllegalArgumentException(JobRequest.missing(jar), e);
        }
    }

    /** Runs an uploaded jar; answers with the job's id as soon as the cluster has taken the job. */
    public String run(String jar, JobRequest job) {
        ObjectNode request = json.createObjectNode();
        job.arguments().forEach(request.putArray("programArgsList")::add);
        job.configuration().forEach(request.putObject("flinkConfiguration")::put);
        job.from().ifPresent(path -> request.put("savepointPath", path));
        return post("/v1/jars/" + jar + "/run", JSON, BodyPublishers.ofString(request.toString()))
                .path("jobid")
                .asText();
    }

    /** Forgets an uploaded jar; jobs that run from it go on. */
    public void delete(String jar) {
        JsonNode ignored = send(request("/v1/jars/" + jar).DELETE().build());
    }

    /** Every job that the cluster knows, those that have ended too. */
    public List<ClusterJob> jobs() {
        List<ClusterJob> jobs = new ArrayList<>();
        get("/v1/jobs/overview")
                .path("jobs")
                .forEach(job -> jobs.add(new ClusterJob(
                        job.path("jid").asText(),
                        job.path("name").asText(),
                        job.path("state").asText())));
        return jobs;
    }

    public JobStatus status(String job) {
        JsonNode found = get("/v1/jobs/" + job);
        List<String> tasks = new ArrayList<>();
        found.path("vertices").forEach(vertex -> tasks.add(vertex.path("status").asText()));
        return new JobStatus(found.path("state").asText(), tasks);
    }

    /** Why the job failed last; empty when it never did. */
    public Optional<String> newestFailure(String job) {
        JsonNode newest = get("/v1/jobs/" + job + "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .path(0)
                .path("stacktrace");
        return newest.isTextual() ? Optional.of(FirstCause.of(newest.textValue())) : Optional.empty();
    }

    /** Asks for the job's end, with a savepoint in the cluster's directory of them; answers with the id of this request. */
    public String stop(String job) {
        return post("/v1/jobs/" + job + "/stop", JSON, BodyPublishers.ofString("{\"drain\": false}"))
                .path("request-id")
                .asText();
    }

    /** The savepoint that such a request has made; empty while it is being made. */
    public Optional<String> savepoint(String job, String stopRequest) {
        JsonNode found = get("/v1/jobs/" + job + "/savepoints/" + stopRequest);
        JsonNode made = found.path("operation");
        JsonNode failure = made.path("failure-cause").path("stack-trace");
        if (failure.isTextual()) {
            throw new JobRefusedException(
                    "job " + job + ": expected a savepoint, found " + FirstCause.of(failure.textValue()));
        }
        JsonNode location = made.path("location");
        return location.isTextual() ? Optional.of(location.textValue()) : Optional.empty();
    }

    /** Asks for the job's end, without a savepoint. */
    public void cancel(String job) {
        JsonNode ignored = send(request(cancellation(job))
                .method("PATCH", BodyPublishers.noBody())
                .build());
    }

    /** The command by which somebody else may do that. */
    String cancelCommand(String job) {
        return "curl -X PATCH '" + rest.resolve(cancellation(job)) + "'";
    }

    private static String cancellation(String job) {
        return "/v1/jobs/" + job + "?mode=cancel";
    }

    /** The cluster, in messages. */
    @Override
    public String toString() {
        return "the cluster at " + rest;
    }

    private JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    private JsonNode post(String path, String type, BodyPublisher body) {
        return send(request(path).header("Content-Type", type).POST(body).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(rest.resolve(path)).timeout(ANSWER_WITHIN);
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() == UNAVAILABLE) {
                throw new FlinkAwayException(rest, "503: " + answer.body());
            }
            return answer.statusCode() >= FIRST_ERROR ? refused(answer) : json.readTree(answer.body());
        } catch (IOException e) {
            throw new FlinkAwayException(rest, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkAwayException(rest, e);
        }
    }

    private JsonNode refused(HttpResponse<String> answer) throws IOException {
        JsonNode errors = json.readTree(answer.body()).path("errors");
        String found = errors.isEmpty()
                ? answer.body()
                : errors.path(errors.size() - 1).asText();
        String remedy = answer.statusCode() == NOT_FOUND
                ? "; is it the address of a Flink session cluster that lets jars be submitted (web.submit.enable)?"
                : "";
        throw new JobRefusedException("Flink cluster at " + rest + ": expected it to take the request, found "
                + answer.statusCode() + ", " + FirstCause.of(found) + remedy);
    }
}

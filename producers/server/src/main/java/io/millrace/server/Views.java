package io.millrace.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.sdk.LagReport;
import io.millrace.sdk.Output;
import io.millrace.sdk.PolicyStatus;
import io.millrace.server.problem.Problem;
import io.millrace.server.token.FeedbackTokens;
import java.util.List;
import java.util.Locale;

/** Answers as JSON. */
final class Views {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Views() {}

    static ObjectNode output(Output output, FeedbackTokens.Issued token) {
        ObjectNode view = object().put("policy", output.policy())
                .put("trajectoryId", output.trajectoryId())
                .put("step", output.step());
        output.output().forEach(view.putArray("output")::add);
        return view.put("probability", output.probability())
                .put("epoch", output.epoch())
                .put("version", output.version())
                .put("producedAt", output.producedAt().toString())
                .put("feedbackToken", token.token())
                .put("feedbackExpiresAt", token.expiresAt().toString());
    }

    static ObjectNode policies(List<PolicyStatus> statuses) {
        ObjectNode view = object();
        statuses.stream().map(Views::policy).forEach(view.putArray("policies")::add);
        return view;
    }

    static ObjectNode policy(PolicyStatus status) {
        ObjectNode view = object().put("name", status.name())
                .put("kind", status.kind())
                .put("ready", status.ready())
                .put("paused", status.paused())
                .put("epoch", status.epoch())
                .put("version", status.version())
                .put("checksumMatches", status.checksumMatches())
                .put("generations", status.generations())
                .put("trajectoriesLearned", status.trajectoriesLearned());
        status.rewardMean().ifPresent(mean -> view.put("rewardMean", mean));
        status.problem().ifPresent(problem -> view.put("problem", problem));
        view.set("specification", specification(status.specification()));
        return view;
    }

    /** The object that the specification is, or its text where it is none. */
    private static JsonNode specification(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(json);
        }
    }

    static ObjectNode lag(LagReport report) {
        ObjectNode view = object();
        report.replicas().stream().map(Views::replica).forEach(view.putArray("replicas")::add);
        return view;
    }

    private static ObjectNode replica(LagReport.ReplicaLag lag) {
        ObjectNode view = object().put("replica", lag.replica())
                .put("policy", lag.policy())
                .put("role", lag.role().name().toLowerCase(Locale.ROOT))
                .put("epoch", lag.epoch())
                .put("version", lag.version())
                .put("versionsBehind", lag.versionsBehind())
                .put("secondsBehind", lag.secondsBehind())
                .put("checksumMatches", lag.checksumMatches())
                .put("reportedAt", lag.reportedAt().toString());
        ObjectNode links = view.putObject("linksMillis");
        lag.linksMillis()
                .forEach((link, times) -> links.putObject(link)
                        .put("count", times.count())
                        .put("p50", times.p50())
                        .put("p90", times.p90())
                        .put("p99", times.p99())
                        .put("max", times.max()));
        return view;
    }

    static ObjectNode status(String status) {
        return object().put("status", status);
    }

    static ObjectNode problem(Problem problem) {
        return object().put("type", "about:blank")
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .put("expected", problem.expected())
                .put("found", problem.found())
                .put("remedy", problem.remedy());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

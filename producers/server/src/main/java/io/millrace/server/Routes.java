package io.millrace.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.millrace.sdk.Demonstration;
import io.millrace.sdk.Feedback;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.Output;
import io.millrace.sdk.PolicyStatus;
import io.millrace.sdk.UnavailableException;
import io.millrace.server.metrics.ServerMetrics;
import io.millrace.server.problem.ProblemException;
import io.millrace.server.request.CutOffBody;
import io.millrace.server.request.DemonstrationBody;
import io.millrace.server.request.FeedbackBody;
import io.millrace.server.request.GenerationBody;
import io.millrace.server.token.FeedbackTokens;
import io.millrace.server.token.GeneratedStep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** What the server answers to. */
final class Routes {

    private static final String JSON = "application/json";

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /** The page's own style and script, its own requests, and nothing else. */
    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'";

    private final Millrace millrace;
    private final FeedbackTokens tokens;
    private final ServerMetrics metrics;
    private final InstantSource clock;
    private final Executor answering;
    private final int maxBodyBytes;
    private final String page = resource("dashboard.html");
    private final String openApi = resource("openapi.json");

    /** {@code answering}: runs what follows an acknowledgement, so that Kafka's sending thread does not. */
    Routes(
            Millrace millrace,
            FeedbackTokens tokens,
            ServerMetrics metrics,
            InstantSource clock,
            Executor answering,
            int maxBodyBytes) {
        this.millrace = millrace;
        this.tokens = tokens;
        this.metrics = metrics;
        this.clock = clock;
        this.answering = answering;
        this.maxBodyBytes = maxBodyBytes;
    }

    List<Route> all() {
        return List.of(
                new Route(HandlerType.POST, "/v1/policies/{policy}/generations", this::generate),
                new Route(HandlerType.POST, "/v1/policies/{policy}/demonstrations", this::demonstrate),
                new Route(HandlerType.POST, "/v1/policies/{policy}/cut-offs", this::cutOff),
                new Route(HandlerType.POST, "/v1/feedback", this::feedback),
                new Route(HandlerType.GET, "/v1/policies", this::policies),
                new Route(HandlerType.GET, "/v1/policies/{policy}", this::policy),
                new Route(HandlerType.GET, "/v1/lag", this::lag),
                new Route(HandlerType.GET, "/health/live", this::live),
                new Route(HandlerType.GET, "/health/ready", this::ready),
                new Route(HandlerType.GET, "/metrics", this::metrics),
                new Route(HandlerType.GET, "/openapi.json", this::openApi),
                new Route(HandlerType.GET, "/", this::dashboard));
    }

    private void generate(Context ctx) {
        GenerationBody body = GenerationBody.read(ctx.pathParam("policy"), body(ctx));
        FurtherStep.require(body, tokens);
        answerWhenLogged(ctx, millrace.generate(body.request()), this::answerOutput);
    }

    private void answerOutput(Context ctx, Output output) {
        var generated = new GeneratedStep(output.policy(), output.trajectoryId(), output.step());
        answer(ctx, 200, Views.output(output, tokens.issue(generated, millrace.rewardWindow(output.policy()))));
    }

    private void demonstrate(Context ctx) {
        Demonstration demonstration = DemonstrationBody.read(ctx.pathParam("policy"), body(ctx));
        answerWhenLogged(ctx, millrace.demonstrate(demonstration), (context, trajectoryId) -> {
            answer(context, 202, Views.status("accepted").put("trajectoryId", trajectoryId));
        });
    }

    private void cutOff(Context ctx) {
        CutOffBody body = CutOffBody.read(ctx.pathParam("policy"), body(ctx));
        FurtherStep.require(body, tokens);
        answerWhenLogged(ctx, millrace.cutOff(body.cutOff()), (context, logged) -> {
            answer(context, 202, Views.status("accepted"));
        });
    }

    private void feedback(Context ctx) {
        FeedbackBody body = FeedbackBody.read(body(ctx));
        Feedback feedback = body.on(tokens.check("feedbackToken", body.feedbackToken()), clock.instant());
        answerWhenLogged(ctx, millrace.feedback(feedback), (context, logged) -> {
            answer(context, 202, Views.status("accepted"));
        });
    }

    private <T> void answerWhenLogged(Context ctx, CompletableFuture<T> logging, BiConsumer<Context, T> answer) {
        ctx.future(() -> logging.handleAsync(
                (logged, failure) -> {
                    if (failure == null) {
                        answer.accept(ctx, logged);
                    } else {
                        ErrorAnswers.answer(ctx, failure);
                    }
                    return ctx;
                },
                answering));
    }

    private void policies(Context ctx) {
        answer(ctx, 200, Views.policies(millrace.policies()));
    }

    private void policy(Context ctx) {
        String name = ctx.pathParam("policy");
        List<PolicyStatus> known = millrace.policies();
        PolicyStatus status = known.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        404,
                        "policy: expected one of "
                                + known.stream().map(PolicyStatus::name).toList() + ", found '" + name
                                + "'; apply the policy first"));
        answer(ctx, 200, Views.policy(status));
    }

    private void lag(Context ctx) {
        answer(ctx, 200, Views.lag(millrace.lag()));
    }

    private void live(Context ctx) {
        answer(ctx, 200, Views.status("live"));
    }

    private void ready(Context ctx) {
        if (!millrace.ready()) {
            throw new UnavailableException("ready: expected parameters of every policy, found some missing; "
                    + "ask again, and see /v1/policies");
        }
        answer(ctx, 200, Views.status("ready"));
    }

    private void metrics(Context ctx) {
        ctx.contentType(PROMETHEUS_TEXT).result(metrics.scrape());
    }

    private void openApi(Context ctx) {
        ctx.contentType(JSON).result(openApi);
    }

    private void dashboard(Context ctx) {
        ctx.header("Content-Security-Policy", PAGE_POLICY).html(page);
    }

    private static void answer(Context ctx, int status, JsonNode view) {
        ctx.status(status).contentType(JSON).result(view.toString());
    }

    private byte[] body(Context ctx) {
        String type = ctx.contentType();
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            throw new ProblemException(
                    415,
                    "content type: expected " + JSON + ", found " + (type == null ? "none" : "'" + type + "'")
                            + "; set the header Content-Type");
        }
        return RequestBody.read(ctx, maxBodyBytes);
    }

    private static String resource(String name) {
        try (InputStream stream = Routes.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + name + ": expected it beside the class, found none");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("resource " + name + " cannot be read", e);
        }
    }
}

package io.millrace.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.millrace.server.problem.Problem;
import io.millrace.server.problem.Problems;
import java.util.List;
import java.util.TreeSet;

/** Answers every failure with problem details. */
final class ErrorAnswers {

    private static final String RETRY_AFTER_SECONDS = "1";

    private ErrorAnswers() {}

    static void register(RoutesConfig config, List<Route> routes) {
        config.exception(MethodNotAllowedResponse.class, (failure, ctx) -> answerWrongMethod(ctx, routes));
        config.exception(HttpResponseException.class, (failure, ctx) -> answer(ctx, ofFramework(failure, ctx)));
        config.exception(Exception.class, (failure, ctx) -> answer(ctx, failure));
    }

    static void answer(Context ctx, Throwable failure) {
        answer(ctx, Problems.of(failure));
    }

    private static void answer(Context ctx, Problem problem) {
        if (problem.status() == 503) {
            ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (problem.status() == 401) {
            ctx.header("WWW-Authenticate", "FeedbackToken");
        }
        if (problem.status() == 413) {
            // What is left of the body is not worth reading.
            ctx.header("Connection", "close");
        }
        ctx.status(problem.status())
                .contentType(Problem.CONTENT_TYPE)
                .result(Views.problem(problem).toString());
    }

    private static void answerWrongMethod(Context ctx, List<Route> routes) {
        var allowed = new TreeSet<String>();
        for (Route route : routes) {
            if (matches(route.path(), ctx.path())) {
                allowed.add(route.method().name());
            }
        }
        ctx.header("Allow", String.join(", ", allowed));
        answer(
                ctx,
                Problem.of(
                        405,
                        "method: expected one of " + allowed + ", found " + ctx.method() + " (" + ctx.path()
                                + "); see /openapi.json"));
    }

    private static boolean matches(String template, String path) {
        return path.matches(template.replaceAll("\\{[a-z]+}", "[^/]+") + "/?");
    }

    private static Problem ofFramework(HttpResponseException failure, Context ctx) {
        if (failure.getStatus() == 404) {
            return Problem.of(
                    404, "path: expected one of those in /openapi.json, found '" + ctx.path() + "'; mend the path");
        }
        return Problem.of(failure.getStatus(), String.valueOf(failure.getMessage()));
    }
}

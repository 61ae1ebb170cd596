package io.millrace.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.millrace.sdk.Millrace;
import io.millrace.server.metrics.ServerMetrics;
import io.millrace.server.token.FeedbackTokens;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves a {@link Millrace} over HTTP until it is closed; the Millrace stays its opener's. */
public final class MillraceServer implements AutoCloseable {

    private static final int LEAST_ANSWERING_THREADS = 2;

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final ServerConfig config;
    private final List<Route> routes;
    private final Javalin http;
    private final ExecutorService answering;

    private MillraceServer(ServerConfig config, Millrace millrace, InstantSource clock) {
        this.config = config;
        this.answering = Executors.newFixedThreadPool(
                Math.max(LEAST_ANSWERING_THREADS, Runtime.getRuntime().availableProcessors()),
                namedThreads("millrace-answers-"));
        var metrics = new ServerMetrics(millrace);
        var tokens = new FeedbackTokens(config.feedbackSecret(), config.tokenLifetime(), clock);
        this.routes = new Routes(millrace, tokens, metrics, clock, answering, config.maxBodyBytes()).all();
        this.http = Javalin.create(javalin -> configure(javalin, metrics));
    }

    /**
     * Listens, and answers as soon as this returns.
     *
     * @throws RuntimeException when the address cannot be listened on
     */
    public static MillraceServer start(ServerConfig config, Millrace millrace) {
        return start(config, millrace, Clock.systemUTC());
    }

    /** Listens, by a clock of the caller's. */
    static MillraceServer start(ServerConfig config, Millrace millrace, InstantSource clock) {
        var server = new MillraceServer(config, millrace, clock);
        try {
            server.http.start(config.host(), config.port());
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void configure(JavalinConfig javalin, ServerMetrics metrics) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        // A thread waits for a body; see RequestBody for those that come a byte at a time.
        javalin.jetty.modifyHttpConfiguration(http -> http.setIdleTimeout(LONGEST_SILENCE.toMillis()));
        javalin.jetty.modifyServer(jetty -> jetty.setErrorHandler(new RefusedByJetty()));
        javalin.http.prefer405over404 = true;
        javalin.http.maxRequestSize = config.maxBodyBytes();
        javalin.router.treatMultipleSlashesAsSingleSlash = true;
        for (Route route : routes) {
            javalin.routes.addHttpHandler(route.method(), route.path(), route.handler());
            if (route.method().equals(HandlerType.GET)) {
                // Without one of its own HEAD would be answered 200 whatever GET says; Jetty leaves the body out.
                javalin.routes.addHttpHandler(HandlerType.HEAD, route.path(), route.handler());
            }
        }
        ErrorAnswers.register(javalin.routes, routes);
        javalin.requestLogger.http((ctx, millis) -> count(ctx, millis, metrics));
    }

    private static void count(Context ctx, double millis, ServerMetrics metrics) {
        Endpoint endpoint = ctx.endpoints().lastHttpEndpoint();
        String route = endpoint == null ? "none" : endpoint.path;
        metrics.answered(route, ctx.method().name(), ctx.statusCode(), millis);
    }

    /** The port listened on. */
    public int port() {
        return http.port();
    }

    /** The address to send requests to. */
    public URI uri() {
        return URI.create("http://" + config.host() + ":" + port());
    }

    List<Route> routes() {
        return routes;
    }

    /** Answers what has been asked, then listens no more. */
    @Override
    public void close() {
        http.stop();
        answering.shutdown();
    }

    private static ThreadFactory namedThreads(String prefix) {
        var number = new AtomicInteger();
        return task -> {
            var thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

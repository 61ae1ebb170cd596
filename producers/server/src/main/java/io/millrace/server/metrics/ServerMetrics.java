package io.millrace.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceMetrics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What a Prometheus server reads here: requests, generations, feedback, and the update-lag chain. */
public final class ServerMetrics {

    private static final Duration[] REQUEST_BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    /** Methods are the client's to invent, and each would be a time series for ever. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Millrace millrace;
    private final PolicyMeters policies;
    private final LagMeters lag;

    public ServerMetrics(Millrace millrace) {
        this.millrace = millrace;
        this.policies = new PolicyMeters(registry);
        this.lag = new LagMeters(registry);
        registry.getPrometheusRegistry().register(new LagHistograms(millrace));
        counter("millrace.generation.records", "logged", "Generations by what Kafka said", m -> m.generationsLogged());
        counter("millrace.generation.records", "failed", "Generations by what Kafka said", m -> m.generationsFailed());
        counter("millrace.feedback", "logged", "Rewards by what Kafka said", m -> m.feedbackLogged());
        counter("millrace.feedback", "failed", "Rewards by what Kafka said", m -> m.feedbackFailed());
        FunctionCounter.builder(
                        "millrace.records.skipped", millrace, m -> m.metrics().recordsSkipped())
                .description("Records of the policies, parameters and snapshots topics that could not be decoded")
                .register(registry);
        FunctionCounter.builder(
                        "millrace.resynchronisations",
                        millrace,
                        m -> m.metrics().resynchronisations())
                .description("Times that the snapshots topic was read")
                .register(registry);
        Gauge.builder("millrace.waiting", millrace, m -> m.metrics().waitingBytes())
                .baseUnit("bytes")
                .description("Handed to the Kafka producer and not acknowledged")
                .register(registry);
        Gauge.builder("millrace.ready", millrace, m -> m.ready() ? 1 : 0)
                .description("1 once every policy has had parameters that is waited for")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    private void counter(String name, String outcome, String description, ToDoubleFunction<MillraceMetrics> count) {
        FunctionCounter.builder(name, millrace, m -> count.applyAsDouble(m.metrics()))
                .tag("outcome", outcome)
                .description(description)
                .register(registry);
    }

    /** Counts a request that has been answered. */
    public void answered(String route, String method, int status, double millis) {
        Timer.builder("millrace.request")
                .description("Time from a request to its answer")
                .tags(
                        "route",
                        route,
                        "method",
                        METHODS.contains(method) ? method : "other",
                        "status",
                        Integer.toString(status))
                .serviceLevelObjectives(REQUEST_BUCKETS)
                .register(registry)
                .record((long) (millis * 1_000_000), TimeUnit.NANOSECONDS);
    }

    /** Everything, in Prometheus' text format. */
    public synchronized String scrape() {
        policies.update(millrace.policies());
        lag.update(millrace.lag());
        return registry.scrape();
    }
}

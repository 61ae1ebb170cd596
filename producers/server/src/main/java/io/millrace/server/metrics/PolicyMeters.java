package io.millrace.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.millrace.sdk.PolicyStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** Meters of each policy served here; policies come and go. One thread at a time. */
final class PolicyMeters {

    private final MeterRegistry registry;
    private final MultiGauge epoch;
    private final MultiGauge version;
    private final MultiGauge rewardMean;
    private final MultiGauge trajectories;
    private final MultiGauge problem;
    private final MultiGauge ready;
    private final MultiGauge paused;
    private final Map<String, AtomicLong> generations = new HashMap<>();

    PolicyMeters(MeterRegistry registry) {
        this.registry = registry;
        this.epoch = gauge("millrace.parameters.epoch", "Epoch of the parameters served");
        this.version = gauge("millrace.parameters.version", "Version, within the epoch, of the parameters served");
        this.rewardMean = gauge("millrace.reward.mean", "Mean reward in the newest update applied");
        this.trajectories = gauge("millrace.trajectories.learned", "Trajectories in the lineage of the parameters");
        this.paused = gauge("millrace.policy.paused", "1 while the policy learns nothing because an operator said so");
        this.ready =
                gauge("millrace.policy.ready", "1 while the policy has parameters, 0 while there are none to serve");
        this.problem = gauge("millrace.policy.problem", "1 while the newest specification cannot be followed");
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    void update(List<PolicyStatus> policies) {
        register(epoch, policies, PolicyStatus::epoch);
        register(version, policies, PolicyStatus::version);
        register(trajectories, policies, PolicyStatus::trajectoriesLearned);
        register(paused, policies, policy -> policy.paused() ? 1 : 0);
        register(ready, policies, policy -> policy.ready() ? 1 : 0);
        register(problem, policies, policy -> policy.problem().isPresent() ? 1 : 0);
        register(
                rewardMean,
                policies.stream()
                        .filter(policy -> policy.rewardMean().isPresent())
                        .toList(),
                policy -> policy.rewardMean().orElse(0));
        policies.forEach(policy -> count(policy.name(), policy.generations()));
    }

    private static void register(MultiGauge gauge, List<PolicyStatus> policies, ToDoubleFunction<PolicyStatus> value) {
        gauge.register(
                policies.stream()
                        .map(policy -> Row.of(Tags.of("policy", policy.name()), value.applyAsDouble(policy)))
                        .toList(),
                true);
    }

    private void count(String policy, long sofar) {
        generations.computeIfAbsent(policy, this::counter).set(sofar);
    }

    private AtomicLong counter(String policy) {
        var count = new AtomicLong();
        FunctionCounter.builder("millrace.generations", count, AtomicLong::get)
                .description("Outputs drawn")
                .tag("policy", policy)
                .register(registry);
        return count;
    }
}

package io.millrace.policy.spec;

import io.millrace.policy.spec.JoinSpec.Metric;
import java.util.LinkedHashMap;
import java.util.Map;

/** From the plain values of a policy's file to its definition. */
final class PolicyFileReader {

    private PolicyFileReader() {}

    static PolicyDefinition read(Map<String, Object> values) {
        Section file = new Section("", values);
        String policy = file.get(PolicyKeys.POLICY);
        try {
            return definition(policy, file);
        } catch (PolicySpecException e) {
            throw e.inPolicy(policy);
        }
    }

    private static PolicyDefinition definition(String policy, Section file) {
        file.refuseOthers(PolicyKeys.namesIn(""));
        return new PolicyDefinition(
                policy,
                file.get(PolicyKeys.KIND),
                file.get(PolicyKeys.SEED),
                new ModelSpec(file.get(PolicyKeys.MODEL)),
                EstimatorFile.read(file.section("estimator")),
                optimizer(known(file, "optimizer")),
                batch(known(file, "batch")),
                join(known(file, "join")),
                publish(known(file, "publish")),
                guards(known(file, "guards")));
    }

    private static Section known(Section file, String name) {
        Section section = file.section(name);
        section.refuseOthers(PolicyKeys.namesIn(name));
        return section;
    }

    private static OptimizerSpec optimizer(Section section) {
        return new OptimizerSpec(
                section.get(PolicyKeys.OPTIMIZER),
                section.get(PolicyKeys.LEARNING_RATE),
                section.get(PolicyKeys.BETA1),
                section.get(PolicyKeys.BETA2),
                section.get(PolicyKeys.EPSILON),
                section.get(PolicyKeys.INITIAL_ACCUMULATOR));
    }

    private static BatchSpec batch(Section section) {
        return new BatchSpec(section.get(PolicyKeys.BATCH_TRAJECTORIES), section.get(PolicyKeys.BATCH_MAX_AGE));
    }

    private static JoinSpec join(Section section) {
        Range clip = section.get(PolicyKeys.CLIP);
        return new JoinSpec(
                section.get(PolicyKeys.COMPLETION),
                section.get(PolicyKeys.REWARD_WINDOW),
                section.get(PolicyKeys.EARLY_REWARD),
                section.get(PolicyKeys.DEFAULT_REWARD),
                metrics(section),
                clip.min(),
                clip.max());
    }

    private static Map<String, Metric> metrics(Section join) {
        if (!join.names().contains("metrics")) {
            return Map.of("score", metric(new Section("join.metrics.score", Map.of())));
        }
        Section section = join.section("metrics");
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (String name : section.names()) {
            metrics.put(name, metric(section.section(name)));
        }
        return metrics;
    }

    private static Metric metric(Section section) {
        section.refuseOthers(PolicyKeys.namesIn("join.metrics.<name>"));
        return new Metric(section.get(PolicyKeys.METRIC_AGGREGATION), section.get(PolicyKeys.METRIC_WEIGHT));
    }

    private static PublishSpec publish(Section section) {
        return new PublishSpec(
                section.get(PolicyKeys.MIN_INTERVAL),
                section.get(PolicyKeys.SNAPSHOT_EVERY),
                section.get(PolicyKeys.LEDGER));
    }

    private static GuardSpec guards(Section section) {
        return new GuardSpec(
                section.get(PolicyKeys.GRADIENT_NORM),
                section.get(PolicyKeys.MAX_KL),
                section.get(PolicyKeys.MAX_STALENESS),
                section.get(PolicyKeys.REWARD_DROP),
                section.get(PolicyKeys.REWARD_DROP_WINDOW));
    }
}

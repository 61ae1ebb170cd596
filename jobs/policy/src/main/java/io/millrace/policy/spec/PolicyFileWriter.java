package io.millrace.policy.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** From a definition to the plain values of its file. */
final class PolicyFileWriter {

    private final Map<String, Object> values = new LinkedHashMap<>();

    PolicyFileWriter() {}

    static Map<String, Object> write(PolicyDefinition definition) {
        return new PolicyFileWriter()
                .put(PolicyKeys.POLICY, definition.policy())
                .put(PolicyKeys.KIND, definition.kind())
                .put(PolicyKeys.SEED, definition.seed())
                .put(PolicyKeys.MODEL, definition.model().values())
                .section("estimator", EstimatorFile.write(definition.estimator()))
                .section("optimizer", optimizer(definition.optimizer()))
                .section("batch", batch(definition.batch()))
                .section("join", join(definition.join()))
                .section("publish", publish(definition.publish()))
                .section("guards", guards(definition.guards()))
                .values;
    }

    private static PolicyFileWriter optimizer(OptimizerSpec spec) {
        return new PolicyFileWriter()
                .put(PolicyKeys.OPTIMIZER, spec.kind())
                .put(PolicyKeys.LEARNING_RATE, spec.learningRate())
                .put(PolicyKeys.BETA1, spec.beta1())
                .put(PolicyKeys.BETA2, spec.beta2())
                .put(PolicyKeys.EPSILON, spec.epsilon())
                .put(PolicyKeys.INITIAL_ACCUMULATOR, spec.initialAccumulator());
    }

    private static PolicyFileWriter batch(BatchSpec spec) {
        return new PolicyFileWriter()
                .put(PolicyKeys.BATCH_TRAJECTORIES, spec.trajectories())
                .put(PolicyKeys.BATCH_MAX_AGE, spec.maxAge());
    }

    private static PolicyFileWriter join(JoinSpec spec) {
        var metrics = new PolicyFileWriter();
        // In the order of names, so that equal definitions write equal files.
        new TreeMap<>(spec.metrics())
                .forEach((name, metric) -> metrics.section(
                        name,
                        new PolicyFileWriter()
                                .put(PolicyKeys.METRIC_AGGREGATION, metric.aggregation())
                                .put(PolicyKeys.METRIC_WEIGHT, metric.weight())));
        return new PolicyFileWriter()
                .put(PolicyKeys.COMPLETION, spec.completion())
                .put(PolicyKeys.REWARD_WINDOW, spec.rewardWindow())
                .put(PolicyKeys.EARLY_REWARD, spec.earlyReward())
                .put(PolicyKeys.DEFAULT_REWARD, spec.defaultReward())
                .section("metrics", metrics)
                .put(PolicyKeys.CLIP, new Range(spec.clipMin(), spec.clipMax()));
    }

    private static PolicyFileWriter publish(PublishSpec spec) {
        return new PolicyFileWriter()
                .put(PolicyKeys.MIN_INTERVAL, spec.minInterval())
                .put(PolicyKeys.SNAPSHOT_EVERY, spec.snapshotEvery())
                .put(PolicyKeys.LEDGER, spec.ledger());
    }

    private static PolicyFileWriter guards(GuardSpec spec) {
        return new PolicyFileWriter()
                .put(PolicyKeys.GRADIENT_NORM, spec.gradientNorm())
                .put(PolicyKeys.MAX_KL, spec.maxKl())
                .put(PolicyKeys.MAX_STALENESS, spec.maxStaleness())
                .put(PolicyKeys.REWARD_DROP, spec.rewardDrop())
                .put(PolicyKeys.REWARD_DROP_WINDOW, spec.rewardDropWindow());
    }

    <T> PolicyFileWriter put(Key<T> key, T value) {
        values.put(key.name(), key.write(value));
        return this;
    }

    PolicyFileWriter section(String name, PolicyFileWriter section) {
        values.put(name, section.values);
        return this;
    }
}

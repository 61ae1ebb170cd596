package io.millrace.policy.spec;

import static io.millrace.policy.spec.Key.optional;
import static io.millrace.policy.spec.Key.required;
import static io.millrace.policy.spec.ValueType.atLeast;
import static io.millrace.policy.spec.ValueType.fromToBelow;
import static io.millrace.policy.spec.ValueType.greaterThan;
import static io.millrace.policy.spec.ValueType.integer;
import static io.millrace.policy.spec.ValueType.matching;
import static io.millrace.policy.spec.ValueType.oneOf;
import static io.millrace.policy.spec.ValueType.orUnlimited;
import static io.millrace.policy.spec.ValueType.wholeNumber;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every key of a policy's file but those of {@code model}, which its kind declares; those of {@code estimator} are in {@link
 * EstimatorKeys}.
 */
final class PolicyKeys {

    private static final ValueType<String> NAME =
            matching("a name of 1 to 100 of the characters a-z, 0-9, '.', '_', '-'", "[a-z0-9._-]{1,100}");

    /** Not a key of its own: what the names under {@code join.metrics} may be. */
    static final Key<String> METRIC_NAME = required(
            "join.metrics",
            matching(
                    "metrics with names of 1 to 100 of the characters A-Z, a-z, 0-9, '_', '-'", "[A-Za-z0-9_-]{1,100}"),
            "Name of a metric.");

    static final Key<String> POLICY = required("policy", NAME, "Name of the policy.");
    static final Key<String> KIND = required("kind", NAME, "Family of distributions; decides what `model` holds.");
    static final Key<Long> SEED =
            optional("seed", wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE), 7L, "Seed of the initial parameters.");
    static final Key<Map<String, Object>> MODEL =
            required("model", section(), "What the kind needs to know: see the kinds below.");

    static final Key<OptimizerSpec.Kind> OPTIMIZER = optional(
            "optimizer.kind", oneOf(OptimizerSpec.Kind.class), OptimizerSpec.Kind.ADAGRAD, "Rule that makes a step.");
    static final Key<Double> LEARNING_RATE =
            optional("optimizer.learning-rate", greaterThan(0), 0.3, "Factor of every step.");
    static final Key<Double> BETA1 =
            optional("optimizer.beta1", fromToBelow(0, 1), 0.9, "Decay of `adam`'s first moment.");
    static final Key<Double> BETA2 =
            optional("optimizer.beta2", fromToBelow(0, 1), 0.999, "Decay of `adam`'s second moment.");
    static final Key<Double> EPSILON = optional(
            "optimizer.epsilon",
            number("a number of at least 1.0E-12", 1e-12, Double.MAX_VALUE),
            1e-8,
            "Added to the denominator of `adagrad` and `adam`.");
    static final Key<Double> INITIAL_ACCUMULATOR = optional(
            "optimizer.initial-accumulator",
            atLeast(0),
            0.0,
            "What `adagrad`'s sum of squared gradients starts from; larger damps the first steps.");

    static final Key<Integer> BATCH_TRAJECTORIES =
            optional("batch.trajectories", integer(1, 1_000_000), 512, "Trajectories that complete a batch.");
    static final Key<Duration> BATCH_MAX_AGE = optional(
            "batch.max-age",
            DurationType.positive(),
            Duration.ofMillis(20),
            "Age of its oldest trajectory that completes a batch.");

    static final Key<JoinSpec.Completion> COMPLETION = optional(
            "join.completion",
            oneOf(JoinSpec.Completion.class),
            JoinSpec.Completion.FIRST_REWARD,
            "When a trajectory's reward is settled: at its first reward, at a mark `last`, or when the window closes.");
    static final Key<Duration> REWARD_WINDOW = optional(
            "join.reward-window",
            DurationType.positive(),
            Duration.ofMinutes(10),
            "How long after its last step a trajectory waits for rewards.");
    static final Key<Duration> EARLY_REWARD = optional(
            "join.early-reward",
            DurationType.zeroOrMore(),
            Duration.ofMinutes(2),
            "How long a reward waits for its generation.");
    static final Key<OptionalDouble> DEFAULT_REWARD = optional(
            "join.default-reward",
            skipOrNumber(),
            OptionalDouble.empty(),
            "Reward of a trajectory whose window closed without one; `skip`: it is not learned from.");
    static final Key<JoinSpec.Aggregation> METRIC_AGGREGATION = optional(
            "join.metrics.<name>.aggregation",
            oneOf(JoinSpec.Aggregation.class),
            JoinSpec.Aggregation.MEAN,
            "How several rewards of this metric become one number. Without `join.metrics` there is one metric, `score`.");
    static final Key<Double> METRIC_WEIGHT = optional(
            "join.metrics.<name>.weight", ValueType.number(), 1.0, "Weight of this metric in the trajectory's reward.");
    static final Key<Range> CLIP =
            optional("join.clip", range(), new Range(0, 1), "Bounds that the weighted sum of the metrics is cut to.");

    static final Key<Duration> MIN_INTERVAL = optional(
            "publish.min-interval",
            DurationType.zeroOrMore(),
            Duration.ofMillis(50),
            "Least time between two updates; steps in between are published together.");
    static final Key<Duration> SNAPSHOT_EVERY = optional(
            "publish.snapshot-every", DurationType.positive(), Duration.ofSeconds(30), "Time between two snapshots.");
    static final Key<Boolean> LEDGER = optional(
            "publish.ledger",
            ValueType.FLAG,
            false,
            "Whether updates carry the hashes of the trajectories learned, for audits.");

    static final Key<Double> GRADIENT_NORM = optional(
            "guards.gradient-norm",
            orUnlimited(greaterThan(0)),
            10.0,
            "Mean gradients longer than this are scaled down to it.");
    static final Key<Double> MAX_KL = optional(
            "guards.max-kl",
            orUnlimited(greaterThan(0)),
            Double.POSITIVE_INFINITY,
            "A batch whose mean approximate KL divergence from its behaviour policies exceeds this (nats a trajectory)"
                    + " is dropped. Feedback that is late by many updates has a large one by nature.");
    static final Key<Long> MAX_STALENESS = optional(
            "guards.max-staleness",
            wholeNumber(0, Long.MAX_VALUE),
            1000L,
            "Trajectories generated by parameters more versions old than this are not learned from.");
    static final Key<Double> REWARD_DROP = optional(
            "guards.reward-drop",
            orUnlimited(greaterThan(0)),
            Double.POSITIVE_INFINITY,
            "When the mean reward of a window falls by more than this below its running level, the parameters are rolled"
                    + " back to the last snapshot that earned that level.");
    static final Key<Integer> REWARD_DROP_WINDOW = optional(
            "guards.reward-drop-window",
            integer(1, 1_000_000_000),
            2_000,
            "Trajectories that each mean of `guards.reward-drop` is taken over.");

    /** In the order of the reference page. */
    static final List<Key<?>> ALL = Stream.<List<Key<?>>>of(
                    List.of(POLICY, KIND, SEED, MODEL),
                    EstimatorKeys.ALL,
                    List.of(OPTIMIZER, LEARNING_RATE, BETA1, BETA2, EPSILON, INITIAL_ACCUMULATOR),
                    List.of(BATCH_TRAJECTORIES, BATCH_MAX_AGE),
                    List.of(COMPLETION, REWARD_WINDOW, EARLY_REWARD, DEFAULT_REWARD),
                    List.of(METRIC_AGGREGATION, METRIC_WEIGHT, CLIP),
                    List.of(MIN_INTERVAL, SNAPSHOT_EVERY, LEDGER),
                    List.of(GRADIENT_NORM, MAX_KL, MAX_STALENESS, REWARD_DROP, REWARD_DROP_WINDOW))
            .<Key<?>>flatMap(List::stream)
            .toList();

    private PolicyKeys() {}

    /** Names that the section at {@code path} may hold: keys and sections. */
    static Set<String> namesIn(String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        Set<String> names = new LinkedHashSet<>();
        for (Key<?> key : ALL) {
            if (key.path().startsWith(prefix)) {
                String rest = key.path().substring(prefix.length());
                int dot = rest.indexOf('.');
                names.add(dot < 0 ? rest : rest.substring(0, dot));
            }
        }
        return names;
    }

    private static ValueType<Double> number(String expected, double min, double max) {
        return ValueType.number(expected, new Range(min, max));
    }

    private static ValueType<Map<String, Object>> section() {
        return new ValueType<>(
                "a section of keys",
                value -> value instanceof Map<?, ?> ? Optional.of(PlainJson.object(value)) : Optional.empty(),
                values -> values);
    }

    private static ValueType<OptionalDouble> skipOrNumber() {
        return new ValueType<>(
                "skip or a number",
                value -> "skip".equals(value)
                        ? Optional.of(OptionalDouble.empty())
                        : ValueType.finite(value).map(OptionalDouble::of),
                reward -> reward.isPresent() ? (Object) reward.getAsDouble() : "skip");
    }

    private static ValueType<Range> range() {
        return new ValueType<>(
                "[least, greatest] with the least below the greatest, or " + ValueType.UNLIMITED,
                PolicyKeys::readRange,
                range -> range.equals(Range.UNLIMITED) ? ValueType.UNLIMITED : List.of(range.min(), range.max()));
    }

    private static Optional<Range> readRange(Object value) {
        if (ValueType.UNLIMITED.equals(value)) {
            return Optional.of(Range.UNLIMITED);
        }
        if (!(value instanceof List<?> list) || list.size() != 2) {
            return Optional.empty();
        }
        return ValueType.finite(list.get(0))
                .flatMap(min -> ValueType.finite(list.get(1)).map(max -> new Range(min, max)))
                .filter(range -> range.min() < range.max());
    }
}

package io.millrace.policy.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.policy.Policies;
import io.millrace.policy.spec.ClipSpec.Proximal;
import io.millrace.policy.spec.EstimatorSpec.Algorithm;
import io.millrace.policy.spec.ImportanceSpec.Level;
import io.millrace.policy.spec.ImportanceSpec.Mode;
import io.millrace.policy.spec.JoinSpec.Aggregation;
import io.millrace.policy.spec.JoinSpec.Completion;
import io.millrace.policy.spec.JoinSpec.Metric;
import io.millrace.policy.spec.KlSpec.Reference;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDefinitionTest {

    private static final String MINIMAL = with("");

    @Test
    void fillsInTheDocumentedDefaults() {
        PolicyDefinition definition = PolicyDefinition.parse(MINIMAL);

        assertThat(definition.seed()).isEqualTo(7);
        assertThat(definition.estimator())
                .isEqualTo(new EstimatorSpec(
                        Algorithm.REINFORCE,
                        new BaselineSpec(BaselineSpec.Kind.MEAN, 0.01, 4, false),
                        new ImportanceSpec(Level.SEQUENCE, Mode.TRUNCATE, 2.0, 0, 0),
                        new ReturnsSpec(ReturnsSpec.Kind.TRAJECTORY, 1, 5, 0.95, 1, 1, 0.5),
                        new ClipSpec(0.2, 0.2, Double.POSITIVE_INFINITY, Proximal.BEHAVIOUR, 1),
                        new KlSpec(0, Reference.NONE, 0),
                        0,
                        false,
                        1,
                        1));
        assertThat(definition.estimator()).isEqualTo(EstimatorSpec.DEFAULT);
        assertThat(definition.optimizer().kind()).isEqualTo(OptimizerSpec.Kind.ADAGRAD);
        assertThat(definition.optimizer().learningRate()).isEqualTo(0.3);
        assertThat(definition.batch()).isEqualTo(new BatchSpec(512, Duration.ofMillis(20)));
        assertThat(definition.join())
                .isEqualTo(new JoinSpec(
                        Completion.FIRST_REWARD,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(2),
                        OptionalDouble.empty(),
                        Map.of("score", new Metric(Aggregation.MEAN, 1)),
                        0,
                        1));
        assertThat(definition.publish())
                .isEqualTo(new PublishSpec(Duration.ofMillis(50), Duration.ofSeconds(30), false));
        assertThat(definition.guards())
                .isEqualTo(new GuardSpec(10, Double.POSITIVE_INFINITY, 1000, Double.POSITIVE_INFINITY, 2_000));
    }

    @Test
    void readsEveryKeyThatIsWritten() {
        PolicyDefinition definition = PolicyDefinition.parse(with("""
                , "seed": -3,
                "estimator": {"algorithm": "ppo", "baseline": "ema", "ema-rate": 0.5, "group-size": 3,
                              "normalize-advantage": true, "importance-level": "sequence-mean",
                              "importance-mode": "mask", "importance-clip": "unlimited", "importance-floor": 0.5,
                              "importance-veto": 0.01,
                              "returns": {"kind": "trajectory", "discount": 0.9, "steps": 7, "lambda": 0.8,
                                          "rho-clip": "unlimited", "c-clip": 2, "value-coefficient": 0.7},
                              "clip": {"low": 0.1, "high": "unlimited", "dual": 3, "proximal": "interpolated",
                                       "proximal-lag": 2},
                              "kl": {"coefficient": 0.1, "reference": "snapshot", "snapshot-version": 12},
                              "entropy": 0.25, "length-normalization": true, "demonstrations": 0.5, "passes": 4},
                "optimizer": {"kind": "adam", "learning-rate": 1, "beta1": 0.5, "beta2": 0.75, "epsilon": 1e-6,
                              "initial-accumulator": 2},
                "batch": {"trajectories": 3, "max-age": "1m"},
                "join": {"completion": "last-mark", "reward-window": "2h", "early-reward": "0s", "default-reward": -1,
                         "metrics": {"thumbs": {"aggregation": "min", "weight": -2}, "dwell": {}}, "clip": "unlimited"},
                "publish": {"min-interval": "0s", "snapshot-every": "7d", "ledger": true},
                "guards": {"gradient-norm": "unlimited", "max-kl": 3, "max-staleness": 0,
                           "reward-drop": 0.125, "reward-drop-window": 50}
                """));

        assertThat(definition.seed()).isEqualTo(-3);
        assertThat(definition.estimator())
                .isEqualTo(new EstimatorSpec(
                        Algorithm.PPO,
                        new BaselineSpec(BaselineSpec.Kind.EMA, 0.5, 3, true),
                        new ImportanceSpec(Level.SEQUENCE_MEAN, Mode.MASK, Double.POSITIVE_INFINITY, 0.5, 0.01),
                        new ReturnsSpec(ReturnsSpec.Kind.TRAJECTORY, 0.9, 7, 0.8, Double.POSITIVE_INFINITY, 2, 0.7),
                        new ClipSpec(0.1, Double.POSITIVE_INFINITY, 3, Proximal.INTERPOLATED, 2),
                        new KlSpec(0.1, Reference.SNAPSHOT, 12),
                        0.25,
                        true,
                        0.5,
                        4));
        assertThat(definition.optimizer()).isEqualTo(new OptimizerSpec(OptimizerSpec.Kind.ADAM, 1, 0.5, 0.75, 1e-6, 2));
        assertThat(definition.batch()).isEqualTo(new BatchSpec(3, Duration.ofMinutes(1)));
        assertThat(definition.join())
                .isEqualTo(new JoinSpec(
                        Completion.LAST_MARK,
                        Duration.ofHours(2),
                        Duration.ZERO,
                        OptionalDouble.of(-1),
                        Map.of("thumbs", new Metric(Aggregation.MIN, -2), "dwell", new Metric(Aggregation.MEAN, 1)),
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY));
        assertThat(definition.publish()).isEqualTo(new PublishSpec(Duration.ZERO, Duration.ofDays(7), true));
        assertThat(definition.guards()).isEqualTo(new GuardSpec(Double.POSITIVE_INFINITY, 3, 0, 0.125, 50));
        assertThat(PolicyDefinition.parse(definition.toJson())).isEqualTo(definition);
    }

    @Test
    void writesAFileThatReadsBackToTheSame() {
        PolicyDefinition definition = PolicyDefinition.parse(MINIMAL);

        assertThat(PolicyDefinition.parse(definition.toJson())).isEqualTo(definition);
    }

    @Test
    void saysWhatWasExpectedAndFoundAndWhere() {
        assertThatThrownBy(() -> PolicyDefinition.parse(with(", \"estimator\": {\"entropy\": -1}")))
                .isInstanceOf(PolicySpecException.class)
                .hasMessage("estimator.entropy: expected a number of at least 0, found -1 (policy 'pick');"
                        + " mend the policy's file (docs/policy-file.md lists its keys)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            estimator.importance-clip     | "estimator": {"importance-clip": -0.5}
            estimator.importance-clip     | "estimator": {"importance-clip": "much"}
            estimator.ema-rate            | "estimator": {"ema-rate": 0}
            estimator.ema-rate            | "estimator": {"ema-rate": 1.5}
            estimator.baseline            | "estimator": {"baseline": "median"}
            estimator.normalize-advantage | "estimator": {"normalize-advantage": 1}
            estimator.importence-clip     | "estimator": {"importence-clip": 2}
            estimator.group-size          | "estimator": {"group-size": 1}
            estimator.importance-level    | "estimator": {"importance-level": "word"}
            estimator.returns.kind        | "estimator": {"returns": {"kind": "all"}}
            estimator.returns.discount    | "estimator": {"returns": {"discount": 1.01}}
            estimator.returns.lamda       | "estimator": {"returns": {"lamda": 1}}
            estimator.returns             | "estimator": {"returns": "td"}
            estimator.clip.low            | "estimator": {"clip": {"low": 1.5}}
            estimator.clip.dual           | "estimator": {"clip": {"dual": 1}}
            estimator.kl.reference        | "estimator": {"kl": {"reference": "last"}}
            optimizer.learning-rate       | "optimizer": {"learning-rate": 0}
            optimizer.learning-rate       | "optimizer": {"learning-rate": 1e999}
            optimizer.beta1               | "optimizer": {"beta1": 1}
            optimizer.epsilon             | "optimizer": {"epsilon": 0}
            optimizer                     | "optimizer": "adam"
            batch.trajectories            | "batch": {"trajectories": 0}
            batch.trajectories            | "batch": {"trajectories": 1.5}
            batch.trajectories            | "batch": {"trajectories": 4294967297}
            batch.max-age                 | "batch": {"max-age": 20}
            batch.max-age                 | "batch": {"max-age": "0ms"}
            batch.max-age                 | "batch": {"max-age": "20 ms"}
            batch.max-age                 | "batch": {"max-age": "999999999999d"}
            join.completion               | "join": {"completion": "FIRST_REWARD"}
            join.default-reward           | "join": {"default-reward": "none"}
            join.clip                     | "join": {"clip": [1, 0]}
            join.clip                     | "join": {"clip": [0, 1, 2]}
            join.metrics                  | "join": {"metrics": {}}
            join.metrics                  | "join": {"metrics": {"a b": {}}}
            join.metrics.a                | "join": {"metrics": {"a": 1}}
            join.metrics.a.aggregation    | "join": {"metrics": {"a": {"aggregation": "median"}}}
            join.metrics.a.wait           | "join": {"metrics": {"a": {"wait": 1}}}
            publish.ledger                | "publish": {"ledger": "yes"}
            guards.max-kl                 | "guards": {"max-kl": 0}
            guards.max-staleness          | "guards": {"max-staleness": -1}
            guards.reward-drop            | "guards": {"reward-drop": 0}
            guards.reward-drop-window     | "guards": {"reward-drop-window": 0}
            seed                          | "seed": 1.5
            sede                          | "sede": 1
            """)
    void namesTheFullKeyOfWhatIsWrong(String key, String fragment) {
        assertThatThrownBy(() -> PolicyDefinition.parse(with(", " + fragment)))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageStartingWith(key + ": expected ")
                .hasMessageContaining("(policy 'pick')");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            policy: expected a name       | {"kind": "choice", "model": {}}
            policy: expected a name       | {"policy": "Größe", "kind": "choice", "model": {}}
            kind: expected a name         | {"policy": "pick", "model": {}}
            model: expected a section     | {"policy": "pick", "kind": "choice"}
            model.a[1].b: expected a value, found null | {"policy": "pick", "kind": "choice", "model": {"a": [1, {"b": null}]}}
            the file: expected a JSON object | []
            the file: expected a JSON object | {"policy": "pick", "policy": "pick"}
            the file: expected a JSON object | {} {}
            the file: expected a JSON object | {
            """)
    void refusesAFileThatIsNotWhole(String message, String json) {
        assertThatThrownBy(() -> PolicyDefinition.parse(json))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesImpossibleValuesFromCodeToo() {
        assertThatThrownBy(() -> new GuardSpec(Double.NaN, 0.1, 10, 1, 1))
                .hasMessageStartingWith("guards.gradient-norm: ");
        assertThatThrownBy(() -> new BatchSpec(1, Duration.ofNanos(1_500_000)))
                .hasMessageStartingWith("batch.max-age: ");
    }

    @Test
    void refusesAKindThatNobodyKnows() {
        PolicyDefinition definition = PolicyDefinition.parse(MINIMAL.replace("choice", "oracle"));

        assertThatThrownBy(() -> Policies.create(definition))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("expected one of [choice, transducer], found 'oracle' (policy 'pick')");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model.hash-bits                     | {"hash-bits": 27}
            model.exploration                   | {"exploration": 1}
            model.hashbits                      | {"hashbits": 17}
            """)
    void namesTheFullKeyOfAnImpossibleModel(String key, String model) {
        PolicyDefinition definition = PolicyDefinition.parse(MINIMAL.replace("{}", model));

        assertThatThrownBy(() -> Policies.create(definition))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageStartingWith(key + ": expected ")
                .hasMessageContaining("(policy 'pick')");
    }

    private static String with(String more) {
        return "{\"policy\": \"pick\", \"kind\": \"choice\", \"model\": {}" + more + "}";
    }
}

package io.millrace.policy.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.policy.Policies;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EstimatorSpecTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            estimator.baseline            | "algorithm": "actor-critic"
            estimator.baseline            | "algorithm": "ppo", "returns": {"kind": "gae"}
            estimator.returns.kind        | "algorithm": "actor-critic", "baseline": "critic"
            estimator.returns.kind        | "baseline": "critic", "returns": {"kind": "td"}
            estimator.returns.kind        | "baseline": "group-normalized", "returns": {"kind": "monte-carlo"}
            estimator.normalize-advantage | "baseline": "leave-one-out", "normalize-advantage": true
            estimator.normalize-advantage | "normalize-advantage": true, "returns": {"kind": "monte-carlo"}
            estimator.importance-mode     | "algorithm": "gspo", "importance-mode": "mask"
            estimator.importance-mode     | "algorithm": "cispo", "importance-mode": "mask"
            estimator.importance-floor    | "importance-floor": 0.5
            estimator.importance-clip     | "importance-mode": "mask", "importance-clip": 0
            estimator.importance-clip     | "importance-mode": "mask", "importance-clip": 1, "importance-floor": 1
            estimator.importance-level    | "algorithm": "actor-critic", "baseline": "critic", "returns": {"kind": "v-trace"}
            estimator.clip.proximal       | "algorithm": "gspo", "clip": {"proximal": "interpolated"}
            estimator.clip.dual           | "algorithm": "cispo", "clip": {"dual": 3}
            estimator.kl.reference        | "kl": {"coefficient": 0.1}
            estimator.kl.snapshot-version | "kl": {"reference": "snapshot"}
            estimator.kl.snapshot-version | "kl": {"reference": "initial", "snapshot-version": 3}
            estimator.passes              | "passes": 2
            estimator.length-normalization | "algorithm": "gspo", "length-normalization": true
            estimator.returns.kind        | "algorithm": "doubly-robust", "returns": {"kind": "monte-carlo"}
            estimator.returns.kind        | "algorithm": "reward-regression", "returns": {"kind": "monte-carlo"}
            estimator.returns.normalize   | "algorithm": "reward-regression", "returns": {"normalize": true}
            estimator.importance-mode     | "algorithm": "reward-regression", "importance-mode": "mask"
            estimator.importance-level    | "algorithm": "reward-regression", "importance-level": "token"
            estimator.returns.normalize   | "algorithm": "doubly-robust", "returns": {"normalize": true}
            estimator.importance-mode     | "algorithm": "doubly-robust", "importance-mode": "mask"
            estimator.importance-level    | "algorithm": "doubly-robust", "importance-level": "token"
            """)
    void refusesWhatContradictsItselfAndNamesTheKey(String key, String estimator) {
        assertThatThrownBy(() -> definition(estimator))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageStartingWith(key + ": expected ")
                .hasMessageContaining("(policy 'pick')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"algorithm\": \"ppo\", \"baseline\": \"critic\", \"returns\": {\"kind\": \"gae\"}, \"passes\": 4",
                "\"algorithm\": \"actor-critic\", \"baseline\": \"critic\", \"returns\": {\"kind\": \"n-step\"}",
                "\"algorithm\": \"gspo\", \"baseline\": \"group-centered\", \"clip\": {\"low\": 3e-4, \"high\": 4e-4}",
                "\"algorithm\": \"cispo\", \"baseline\": \"group-normalized\", \"clip\": {\"low\": 1}",
                "\"baseline\": \"leave-one-out\", \"returns\": {\"kind\": \"monte-carlo\", \"discount\": 0.9}",
                "\"importance-mode\": \"mask\", \"importance-floor\": 0.5, \"importance-level\": \"token\""
            })
    void readsBackWhatItWrites(String estimator) {
        PolicyDefinition definition = definition(estimator);

        assertThat(PolicyDefinition.parse(definition.toJson())).isEqualTo(definition);
    }

    @Test
    void saysWhichTwoDoNotGoTogether() {
        assertThatThrownBy(() -> EstimatorSpec.of(Map.of("algorithm", "actor-critic")))
                .hasMessage("estimator.baseline: expected critic with the algorithm actor-critic, found mean;"
                        + " the two do not go together: change one");
    }

    @Test
    void aCriticNeedsAKindThatHasOne() {
        PolicyDefinition definition = definition(
                "\"algorithm\": \"actor-critic\", \"baseline\": \"critic\", \"returns\": {\"kind\": \"td\"}");

        assertThat(definition.estimator().needsValueHead()).isTrue();
        assertThatThrownBy(() -> Policies.create(definition))
                .isInstanceOf(PolicySpecException.class)
                .hasMessage(
                        "estimator.baseline: expected a baseline that needs no value head, found critic with the kind"
                                + " 'choice', which has none (policy 'pick');"
                                + " choose another baseline or a kind with a value head");
    }

    private static PolicyDefinition definition(String estimator) {
        return PolicyDefinition.parse(
                "{\"policy\": \"pick\", \"kind\": \"choice\", \"model\": {}, \"estimator\": {" + estimator + "}}");
    }
}

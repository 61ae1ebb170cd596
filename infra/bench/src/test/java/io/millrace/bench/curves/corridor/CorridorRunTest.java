package io.millrace.bench.curves.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.spec.PolicyDefinition;
import org.junit.jupiter.api.Test;

class CorridorRunTest {

    private static final PolicyDefinition DEFINITION = PolicyDefinition.parse("""
            {"policy": "short-corridor", "kind": "choice", "seed": 1, "model": {"hash-bits": 12},
             "estimator": {"algorithm": "reinforce", "baseline": "none", "importance-clip": 0,
                           "returns": {"kind": "monte-carlo"}},
             "optimizer": {"kind": "sgd", "learning-rate": 0.01}, "batch": {"trajectories": 1},
             "guards": {"gradient-norm": "unlimited"}}
            """);

    private final CorridorRun run = new CorridorRun(DEFINITION, 7);

    @Test
    void beginsNearlyAlwaysLeft() {
        assertThat(run.probabilityOfRight()).isEqualTo(0.05, within(1e-6));
    }

    @Test
    void goesOnFromAnyPolicy() {
        run.moveTo(0.7);
        assertThat(run.probabilityOfRight()).isEqualTo(0.7, within(1e-6));
        run.moveTo(0.05);
        assertThat(run.probabilityOfRight()).isEqualTo(0.05, within(1e-6));
    }

    /** Each of the two weights moves by α Σ_t G_t (1[right] − p), to one side and to the other: the logit by both. */
    @Test
    void learnsFromAWalkOfSomebodyElses() {
        run.moveTo(0.5);
        var walk = new Walk();
        walk.go(true);
        walk.go(false);
        walk.go(true);

        run.learn(walk);

        // G = −3, −2, −1; right, left, right at p = ½.
        double slope = -3 * 0.5 + 2 * 0.5 - 1 * 0.5;
        double p = run.probabilityOfRight();
        assertThat(Math.log(p / (1 - p))).isEqualTo(2 * 0.01 * slope, within(1e-6));
        assertThat(walk.sumOfRewards()).isEqualTo(-3);
    }
}

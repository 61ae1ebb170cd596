package io.millrace.bench.curves.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.spec.PolicyDefinition;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShortCorridorTest {

    private final ShortCorridor corridor = new ShortCorridor();

    @Test
    void switchesTheActionsInTheMiddle() {
        corridor.move(false);
        assertThat(corridor.state()).isZero();
        corridor.move(true);
        assertThat(corridor.state()).isEqualTo(1);
        corridor.move(true);
        assertThat(corridor.state()).isZero();
        corridor.move(true);
        corridor.move(false);
        assertThat(corridor.state()).isEqualTo(2);
        corridor.move(false);
        assertThat(corridor.state()).isEqualTo(1);
        corridor.move(false);
        corridor.move(true);
        assertThat(corridor.isAtGoal()).isTrue();
        corridor.reset();
        assertThat(corridor.state()).isZero();
    }

    @Test
    void valuesArePoliciesEvaluatedByBellmansEquations() {
        for (double p : new double[] {0.05, 0.3, 0.5, 0.586, 0.9}) {
            assertThat(ShortCorridor.valueOf(p)).isCloseTo(evaluated(p), within(1e-6));
        }
    }

    /** By sweeps over the states until nothing changes. */
    private static double evaluated(double p) {
        double[] v = new double[4];
        for (int sweep = 0; sweep < 20_000; sweep++) {
            v[0] = -1 + p * v[1] + (1 - p) * v[0];
            v[1] = -1 + p * v[0] + (1 - p) * v[2];
            v[2] = -1 + p * v[3] + (1 - p) * v[1];
        }
        return v[0];
    }

    @Test
    void noPolicyBeatsTheOptimum() {
        double best = IntStream.range(1, 1000)
                .mapToDouble(i -> ShortCorridor.valueOf(i / 1000.0))
                .max()
                .orElseThrow();

        assertThat(ShortCorridor.optimum()).isCloseTo(-11.657, within(1e-3)).isGreaterThanOrEqualTo(best);
        assertThat(best).isCloseTo(ShortCorridor.optimum(), within(1e-3));
    }

    @Test
    void runsBeginByGoingLeftAndLearnNotTo() {
        CorridorRun run = new CorridorRun(PolicyDefinition.parse("""
                        {"policy": "short-corridor", "kind": "choice", "seed": 1, "model": {"hash-bits": 12},
                         "estimator": {"baseline": "none", "importance-clip": 0, "returns": {"kind": "monte-carlo"}},
                         "optimizer": {"kind": "sgd", "learning-rate": 0.0002}}
                        """), 3);
        assertThat(run.probabilityOfRight()).isCloseTo(0.05, within(1e-6));

        for (int episode = 0; episode < 1000; episode++) {
            assertThat(run.episode()).isLessThanOrEqualTo(-3);
        }

        assertThat(run.probabilityOfRight()).isBetween(0.3, 0.85);
    }
}

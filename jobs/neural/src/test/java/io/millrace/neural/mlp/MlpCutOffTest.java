package io.millrace.neural.mlp;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Policy;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.parameters.GradientAccumulator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Trajectories that were cut off: a last decision without an action. */
class MlpCutOffTest {

    private final SplittableRandom random = new SplittableRandom(7);
    private final Policy policy = Mlps.policy("tanh", "separate", List.of(8, 5));
    private final float[] theta = randomVector(policy.layout().size(), random);
    private final List<Trajectory> whole =
            List.of(Mlps.trajectory(3, random), Mlps.trajectory(1, random), Mlps.trajectory(4, random));
    private final Context.Dense end = Mlps.state(random);

    @Test
    void haveTheValueOfTheStateOfTheCutAndNoActionThere() {
        var plain = new Scores();
        policy.score(parameters(theta), batch(-1), plain);
        var found = new Scores();
        policy.score(parameters(theta), batch(1), found);

        assertThat(found.length()).isEqualTo(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            assertThat(found.logProb(i)).isEqualTo(plain.logProb(i), within(1e-6f));
            assertThat(found.value(i)).isEqualTo(plain.value(i), within(1e-6f));
        }
        assertThat(found.entropy()).isEqualTo(plain.entropy(), within(1e-5));
        double expected = new ReferenceMlp(policy.layout(), "tanh", "separate").value(doubles(theta), end.values());
        assertThat((double) found.finalValue(1)).isEqualTo(expected, within(1e-5));
        assertThat(found.finalValue(0)).isZero();
        assertThat(found.finalValue(2)).isZero();
    }

    @Test
    void haveTheGradientOfTheirActions() {
        Mlps.Fixed weighting = Mlps.Fixed.random(batch(-1), 0.3, random);
        var plain = new GradientAccumulator(policy.layout());
        policy.gradient(parameters(theta), batch(-1), weighting, plain);
        var found = new GradientAccumulator(policy.layout());

        // Cut off last, so that the weights of the others' actions are where the test's weighting looks for them.
        policy.gradient(parameters(theta), batch(2), weighting, found);

        for (int i = 0; i < theta.length; i++) {
            assertThat(found.values()[i]).as("element %d", i).isEqualTo(plain.values()[i], within(1e-5f));
        }
    }

    /** The trajectories, of which one is cut off. */
    private Batch batch(int cut) {
        var batch = new Batch();
        for (int t = 0; t < whole.size(); t++) {
            List<Decision> decisions = new ArrayList<>(whole.get(t).decisions());
            if (t == cut) {
                decisions.add(Mlps.cut(end));
            }
            batch.add(new Trajectory(decisions), 1);
        }
        return batch;
    }

    private static double[] doubles(float[] vector) {
        double[] copy = new double[vector.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = vector[i];
        }
        return copy;
    }
}

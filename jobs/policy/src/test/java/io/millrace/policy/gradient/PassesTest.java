package io.millrace.policy.gradient;

import static io.millrace.policy.gradient.ExactWorld.distance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.policy.Batch;
import io.millrace.policy.FiniteDifferences;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.EstimatorSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassesTest {

    private static final EstimatorSpec PPO =
            EstimatorSpec.of(Map.of("algorithm", "ppo", "clip", Map.of("low", 0.05, "high", 0.05)));
    private static final double LEARNING_RATE = 3;

    private final ExactWorld world = new ExactWorld(1, 1);
    private final PolicyGradient estimator = new PolicyGradient(world.policy, PPO);
    private final Batch batch = batch();
    private final BatchStatistics stats = new BatchStatistics();

    @Test
    void onePassIsTheGradient() {
        assertThat(distance(sum(1), gradient(world.target))).isZero();
    }

    @Test
    void threePassesAreThreeStepsOfPlainAscent() {
        float[] theta = world.target.clone();
        for (int pass = 0; pass < 3; pass++) {
            step(theta, gradient(theta));
        }

        float[] once = world.target.clone();
        step(once, sum(3));

        assertThat(distance(ExactWorld.doubles(once), ExactWorld.doubles(theta)))
                .isLessThan(1e-6);
    }

    @Test
    void laterPassesAreClippedWhereTheFirstIsNot() {
        sum(1);
        assertThat(stats.clipped).isZero();
        stats.clear();

        sum(3);

        assertThat(stats.clipped).isPositive();
        assertThat(stats.trajectories).isEqualTo(27);
    }

    @Test
    void theParametersThatWereGivenStayAsTheyWere() {
        float[] before = world.target.clone();

        sum(4);

        assertThat(world.target).containsExactly(before);
    }

    @Test
    void addsNothingWhenTheBatchIsRefusedAndGoesOnAfterwards() {
        double[] expected = sum(2);
        var passes = new Passes(estimator, world.policy.layout(), 2, LEARNING_RATE);
        var out = new GradientAccumulator(world.policy.layout());
        var bad = new Batch();
        bad.add(world.trajectory(world.trajectories.get(0)), Double.NaN);

        assertThatThrownBy(() -> passes.accumulate(parameters(world.target), bad, out, new BatchStatistics()))
                .isInstanceOf(InvalidInputException.class);
        assertThat(out.touchedRows()).isZero();

        passes.accumulate(parameters(world.target), batch, out, new BatchStatistics());
        assertThat(distance(ExactWorld.doubles(out.values()), expected)).isZero();
    }

    private double[] sum(int passes) {
        var out = new GradientAccumulator(world.policy.layout());
        new Passes(estimator, world.policy.layout(), passes, LEARNING_RATE)
                .accumulate(parameters(world.target), batch, out, stats);
        return ExactWorld.doubles(out.values());
    }

    private double[] gradient(float[] theta) {
        var out = new GradientAccumulator(world.policy.layout());
        estimator.accumulate(parameters(theta), batch, out, new BatchStatistics());
        return ExactWorld.doubles(out.values());
    }

    private void step(float[] theta, double[] gradient) {
        for (int i = 0; i < theta.length; i++) {
            theta[i] += (float) (LEARNING_RATE / batch.size() * gradient[i]);
        }
    }

    private static Parameters parameters(float[] theta) {
        return FiniteDifferences.parameters(theta);
    }

    private Batch batch() {
        var filled = new Batch();
        for (int[] actions : world.trajectories) {
            filled.add(world.trajectory(actions), world.reward(actions) - 1.4);
        }
        return filled;
    }
}

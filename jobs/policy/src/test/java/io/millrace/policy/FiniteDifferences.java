package io.millrace.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import java.util.random.RandomGenerator;

/** Compares a policy's gradient of Σ w log π + β Σ H + Σ u V with central differences of the same sum, element by element. */
public final class FiniteDifferences {

    private static final float STEP = 0.02f;
    /** Log-probabilities are floats: 10⁻⁶ of noise over a step of 0.04, and a third derivative times 10⁻⁴. */
    private static final double TOLERANCE = 2e-3;

    private FiniteDifferences() {}

    public static void check(Policy policy, Batch batch, double entropyBonus, RandomGenerator random) {
        float[] theta = randomVector(policy.layout().size(), random);
        check(policy, batch, entropyBonus, theta, STEP, TOLERANCE, random);
    }

    /** The same at a θ, with a step and a tolerance that suit the policy's curvature. */
    public static void check(
            Policy policy,
            Batch batch,
            double entropyBonus,
            float[] theta,
            float step,
            double tolerance,
            RandomGenerator random) {
        float[] weights = randomVector(batch.actions(), random);
        var gradient = new GradientAccumulator(policy.layout());

        policy.gradient(parameters(theta), batch, fixed(batch, weights, entropyBonus), gradient);

        assertThat(gradient.touchedRows()).isPositive();
        for (int i = 0; i < theta.length; i++) {
            float at = theta[i];
            theta[i] = at + step;
            double above = objective(policy, theta, batch, weights, entropyBonus);
            theta[i] = at - step;
            double below = objective(policy, theta, batch, weights, entropyBonus);
            theta[i] = at;
            assertThat((double) gradient.values()[i])
                    .as("element %d", i)
                    .isEqualTo((above - below) / (2.0 * step), within(tolerance));
        }
    }

    private static double objective(Policy policy, float[] theta, Batch batch, float[] weights, double entropyBonus) {
        var scores = new Scores();
        policy.score(parameters(theta), batch, scores);
        double sum = entropyBonus * scores.entropy();
        for (int i = 0; i < scores.length(); i++) {
            sum += weights[i] * (double) scores.logProb(i) + valueWeight(i) * (double) scores.value(i);
        }
        return sum;
    }

    /** Any number that differs from action to action. */
    private static float valueWeight(int action) {
        return (float) Math.sin(1.0 + action);
    }

    private static Weighting fixed(Batch batch, float[] weights, double entropyBonus) {
        return new Weighting() {
            @Override
            public void weigh(int trajectory, ActionScores scores, ActionWeights written) {
                int first = 0;
                for (int t = 0; t < trajectory; t++) {
                    first += actions(batch.trajectory(t));
                }
                for (int i = 0; i < scores.length(); i++) {
                    written.setPolicy(i, weights[first + i]);
                    written.setValue(i, valueWeight(first + i));
                }
            }

            @Override
            public double entropyBonus(int trajectory) {
                return entropyBonus;
            }
        };
    }

    private static int actions(Trajectory trajectory) {
        return trajectory.decisions().stream().mapToInt(d -> d.actions().length).sum();
    }

    public static Parameters parameters(float[] theta) {
        return new Parameters(theta, 1, 1);
    }

    public static float[] randomVector(int length, RandomGenerator random) {
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (float) random.nextDouble(-1, 1);
        }
        return vector;
    }
}

package io.millrace.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.learner.fixture.ValuedPolicy;
import io.millrace.policy.Trajectory.Origin;
import org.junit.jupiter.api.Test;

/** The value of the state that a trajectory was cut off in stands for the rewards that would have followed. */
class CutOffGradientTest {

    private static final float VALUE = 2;
    private static final double DISCOUNT = 0.9;

    private final SamplePolicy valued = SamplePolicy.valued("walk")
            .with("batch.trajectories", "1")
            .with("estimator.returns.discount", Double.toString(DISCOUNT))
            .withText("batch.max-age", "1h");

    @Test
    void isThatOfARewardOfTheSameWorth() throws Exception {
        float[] cutOff = gradient(new int[][] {{0, 1}, {1, 2}, {5}}, 1, 1, 0);
        float[] ended = gradient(new int[][] {{0, 1}, {1, 2}}, 1, 1 + DISCOUNT * VALUE);
        float[] lessEnded = gradient(new int[][] {{0, 1}, {1, 2}}, 1, 1);

        for (int i = 0; i < cutOff.length; i++) {
            assertThat(cutOff[i]).as("element %d", i).isEqualTo(ended[i], within(1e-6f));
        }
        assertThat(cutOff).isNotEqualTo(lessEnded);
    }

    private float[] gradient(int[][] steps, double... rewards) throws Exception {
        try (RunningWorker worker = RunningWorker.start()) {
            var theta = new float[ValuedPolicy.STATES * (ValuedPolicy.ACTIONS + 1)];
            theta[5 * (ValuedPolicy.ACTIONS + 1) + ValuedPolicy.ACTIONS] = VALUE;
            worker.follow(valued.spec(1)).follow(RunningWorker.snapshot(valued.known(1), 1, 0, theta));
            worker.learn(SampleTrajectory.walk(valued, "a", steps, rewards, Origin.GENERATED), 0);
            PartialGradient partial = worker.gradients().get(0);
            assertThat(partial.statistics().trajectories).isEqualTo(1);
            float[] dense = new float[theta.length];
            for (int row = 0; row < partial.gradient().count(); row++) {
                System.arraycopy(
                        partial.gradient().values(),
                        row * (ValuedPolicy.ACTIONS + 1),
                        dense,
                        partial.gradient().row(row) * (ValuedPolicy.ACTIONS + 1),
                        ValuedPolicy.ACTIONS + 1);
            }
            return dense;
        }
    }
}

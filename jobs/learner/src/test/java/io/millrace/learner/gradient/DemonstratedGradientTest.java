package io.millrace.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.learner.join.JoinedTrajectory;
import org.junit.jupiter.api.Test;

/** A demonstration's gradient is that of its log-probability, by its weight. */
class DemonstratedGradientTest {

    private final SamplePolicy pick =
            SamplePolicy.choice("pick").with("batch.trajectories", "1").withText("batch.max-age", "1h");

    @Test
    void isTheSupervisedOneWhateverItsVersionAndLogProbs() throws Exception {
        double[] plain =
                gradient(SampleTrajectory.of(pick, "a").atVersion(5_000).joined(), 1);

        double[] demonstrated = gradient(
                SampleTrajectory.of(pick, "a")
                        .demonstrated()
                        .withLogProb(0)
                        .atVersion(0)
                        .joined(),
                1);

        // At theta 0 the policy is the behaviour policy of the sample, so the importance weight is 1.
        assertThat(demonstrated).containsExactly(plain, within(1e-6));
    }

    @Test
    void isWeighed() throws Exception {
        JoinedTrajectory trajectory =
                SampleTrajectory.of(pick, "a").demonstrated().joined();
        double[] whole = gradient(trajectory, 1);
        double[] quarter = gradient(trajectory, 0.25);

        for (int i = 0; i < whole.length; i++) {
            assertThat(quarter[i]).isEqualTo(whole[i] / 4, within(1e-7));
        }
        assertThat(whole).isNotEqualTo(new double[whole.length]);
    }

    private double[] gradient(JoinedTrajectory trajectory, double advantage) throws Exception {
        try (RunningWorker worker = RunningWorker.start()) {
            worker.follow(pick.spec(1)).follow(RunningWorker.snapshot(pick.known(1), 1, 5_000, new float[64]));
            worker.learn(trajectory, advantage);
            float[] values = worker.gradients().get(0).gradient().values();
            double[] doubles = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                doubles[i] = values[i];
            }
            return doubles;
        }
    }
}

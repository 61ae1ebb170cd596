package io.millrace.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FurtherPassesTest {

    private final SamplePolicy pick = SamplePolicy.choice("pick")
            .withText("estimator.algorithm", "ppo")
            .with("estimator.passes", "3")
            .withText("batch.max-age", "1h");
    private final KnownPolicy known = pick.known(1);
    private RunningWorker worker;

    @BeforeEach
    void start() throws Exception {
        worker = RunningWorker.start();
        worker.follow(pick.spec(1));
        update(1, 0);
        worker.learn(SampleTrajectory.of(pick, "a").joined())
                .learn(SampleTrajectory.of(pick, "b").joined());
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void comeOneAnUpdateAtTheNewParameters() throws Exception {
        assertThat(worker.gradients()).hasSize(1);

        update(2, 0.3f);
        update(3, 0.6f);
        update(4, 0.9f);

        assertThat(worker.gradients()).as("three passes").hasSize(3);
        assertThat(worker.gradients().get(1).gradient().values())
                .isNotEqualTo(worker.gradients().get(0).gradient().values());
        assertThat(worker.gradients())
                .allSatisfy(
                        partial -> assertThat(partial.statistics().trajectories).isEqualTo(2));
    }

    @Test
    void countNoTrajectoryAgain() throws Exception {
        update(2, 0.3f);

        assertThat(worker.batches()).containsExactly(List.of("a", "b"), List.of());
        BatchTotals totals = worker.gradients().get(1).totals();
        assertThat(totals.trajectories).isZero();
        assertThat(totals.values).isEmpty();
    }

    @Test
    void leaveTheNextBatchAlone() throws Exception {
        worker.learn(SampleTrajectory.of(pick, "c").joined());
        update(2, 0.3f);
        worker.learn(SampleTrajectory.of(pick, "d").joined());

        assertThat(worker.batches()).containsExactly(List.of("a", "b"), List.of(), List.of("c", "d"));
    }

    @Test
    void endAtABarrier() throws Exception {
        worker.barrier();
        update(2, 0.3f);

        assertThat(worker.gradients()).hasSize(1);
    }

    private void update(long epoch, float value) throws Exception {
        float[] theta = new float[64];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = i % 2 == 0 ? value : -value;
        }
        worker.follow(RunningWorker.snapshot(known, epoch, 1, theta));
    }
}

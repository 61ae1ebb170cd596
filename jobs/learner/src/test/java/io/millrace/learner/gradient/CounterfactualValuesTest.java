package io.millrace.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.policy.value.ValueEstimate;
import io.millrace.policy.value.ValueEstimate.Method;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At θ = 0 a choice among three is uniform; the behaviour policy was not. */
class CounterfactualValuesTest {

    private static final float LIKELY = (float) Math.log(0.5);
    private static final float RARE = (float) Math.log(0.25);

    private final SamplePolicy pick = SamplePolicy.choice("pick")
            .withText("estimator.kl.reference", "initial")
            .withText("batch.max-age", "1h");
    private RunningWorker worker;

    @BeforeEach
    void start() throws Exception {
        worker = RunningWorker.start();
        KnownPolicy known = pick.known(1);
        worker.follow(pick.spec(1)).follow(RunningWorker.snapshot(known, 1, 1, new float[64]));
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void weighsRewardsByWhatEachPolicyWouldHaveDone() throws Exception {
        worker.learn(SampleTrajectory.of(pick, "a")
                        .choosing(0)
                        .withLogProb(LIKELY)
                        .rewarded(1)
                        .joined())
                .learn(SampleTrajectory.of(pick, "b")
                        .choosing(1)
                        .withLogProb(RARE)
                        .rewarded(3)
                        .joined());

        BatchTotals totals = worker.gradients().get(0).totals();
        assertThat(totals.values).containsOnlyKeys("current", "reference", "uniform");
        totals.values.forEach((target, sums) -> {
            ValueEstimate ips = sums.estimates().get(0);
            assertThat(ips.method()).isEqualTo(Method.IPS);
            // Weights (1/3) / (1/2) and (1/3) / (1/4).
            assertThat(ips.value()).as(target).isEqualTo((2 / 3.0 + 4) / 2, within(1e-6));
            assertThat(sums.estimates()).as("no reward model").hasSize(2);
        });
    }

    @Test
    void leavesDemonstrationsOut() throws Exception {
        worker.learn(SampleTrajectory.of(pick, "a").demonstrated().joined())
                .learn(SampleTrajectory.of(pick, "b").demonstrated().joined());

        PartialGradient partial = worker.gradients().get(0);
        assertThat(partial.totals().values).isEmpty();
        assertThat(partial.totals().trajectories).isZero();
        assertThat(partial.statistics().demonstrations).isEqualTo(2);
        assertThat(partial.trajectories().ids()).containsExactly("a", "b");
    }
}

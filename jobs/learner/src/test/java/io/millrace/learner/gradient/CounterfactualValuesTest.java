package io.millrace.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.policy.Batch;
import io.millrace.policy.Policy;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.value.ValueEstimate;
import io.millrace.policy.value.ValueEstimate.Method;
import io.millrace.policy.wire.GenerationReader;
import io.millrace.schemas.Generation;
import io.millrace.schemas.wire.RecordCodec;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At θ = 0 a choice among three is uniform; the behaviour policy was not. */
class CounterfactualValuesTest {

    private static final float LIKELY = (float) Math.log(0.5);
    private static final float RARE = (float) Math.log(0.25);

    private static final double[] MU = {0.5, 0.3, 0.2};
    private static final double[] REWARDS = {0.2, 1, 0.4};
    private static final double BASELINE = 0.35;
    /** 64 weights of the policy, 64 of a reward model that has learned nothing true. */
    private static final float[] THETA = random(128);

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

    @ParameterizedTest
    @ValueSource(strings = {"none", "mean", "leave-one-out"})
    void aRewardModelMakesThemDoublyRobustAndUnbiased(String baseline) throws Exception {
        Map<String, Double> expectations = expectationsOfDoublyRobust(baseline);

        // At θ = 0 the reference is uniform.
        double uniform = (REWARDS[0] + REWARDS[1] + REWARDS[2]) / 3;
        assertThat(expectations).containsOnlyKeys("current", "reference", "uniform");
        assertThat(expectations.get("uniform")).isEqualTo(uniform, within(1e-5));
        assertThat(expectations.get("reference")).isEqualTo(uniform, within(1e-5));
        assertThat(expectations.get("current"))
                .isEqualTo(valueOfCurrent(), within(1e-5))
                .isNotCloseTo(uniform, within(1e-3));
    }

    @Test
    void thereIsNoneWhereTheBaselineKnowsOfTheReward() throws Exception {
        assertThat(expectationsOfDoublyRobust("group-centered")).isEmpty();
        assertThat(expectationsOfDoublyRobust("group-normalized")).isEmpty();
    }

    /** Of each target's doubly robust estimate, over the three actions as the behaviour policy takes them. */
    private Map<String, Double> expectationsOfDoublyRobust(String baseline) throws Exception {
        SamplePolicy robust = robust(baseline);
        Map<String, Double> expectations = new TreeMap<>();
        try (RunningWorker own = RunningWorker.start()) {
            own.follow(robust.spec(1)).follow(RunningWorker.snapshot(robust.known(1), 1, 1, THETA));
            for (int action = 0; action < 3; action++) {
                // Two alike, since of one there is no estimate.
                for (String twin : List.of("a", "b")) {
                    own.learn(
                            SampleTrajectory.of(robust, twin + action)
                                    .choosing(action)
                                    .withLogProb((float) Math.log(MU[action]))
                                    .rewarded(REWARDS[action])
                                    .joined(),
                            REWARDS[action] - BASELINE);
                }
                double probability = MU[action];
                own.gradients()
                        .get(action)
                        .totals()
                        .values
                        .forEach((target, sums) -> sums.estimates().stream()
                                .filter(estimate -> estimate.method() == Method.DOUBLY_ROBUST)
                                .forEach(estimate ->
                                        expectations.merge(target, probability * estimate.value(), Double::sum)));
            }
        }
        return expectations;
    }

    private static float[] random(int size) {
        var random = new SplittableRandom(4);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static double valueOfCurrent() throws Exception {
        SamplePolicy robust = robust("none");
        Policy policy = robust.known(1).policy();
        var batch = new Batch();
        for (int action = 0; action < 3; action++) {
            byte[] step =
                    SampleTrajectory.of(robust, "x").choosing(action).joined().steps()[0];
            batch.add(
                    Trajectory.of(GenerationReader.decision(
                            RecordCodec.of(Generation.class).decode(step))),
                    0);
        }
        var scores = new Scores();
        policy.score(new Parameters(THETA, 1, 1), batch, scores);
        double value = 0;
        for (int action = 0; action < 3; action++) {
            value += Math.exp(scores.logProb(action)) * REWARDS[action];
        }
        return value;
    }

    private static SamplePolicy robust(String baseline) {
        return SamplePolicy.choice("robust")
                .withText("estimator.algorithm", "doubly-robust")
                .withText("estimator.baseline", baseline)
                .withText("estimator.kl.reference", "initial")
                .with("model.reward-model", "true")
                .withText("batch.max-age", "1h");
    }
}

package io.millrace.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.policy.Batch;
import io.millrace.policy.Trajectory;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.gradient.PolicyGradient;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.wire.GenerationReader;
import io.millrace.policy.wire.UpdateReader;
import io.millrace.schemas.Generation;
import io.millrace.schemas.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GradientWorkerProperties {

    private final SamplePolicy pick = SamplePolicy.choice("pick").with("batch.trajectories", "1000");

    /** However the trajectories are cut into batches, the partial gradients add up to the gradient of all of them. */
    @Property(tries = 40)
    void partialGradientsAddUpToTheGradientOfOneBatch(
            @ForAll long seed, @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 5) Integer> batchSizes)
            throws Exception {
        var random = new SplittableRandom(seed);
        KnownPolicy known = pick.known(1);
        float[] theta = new float[64];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = (float) (random.nextDouble() - 0.5);
        }
        var sum = new GradientAccumulator(known.policy().layout());
        var statistics = new BatchStatistics();
        List<JoinedTrajectory> trajectories = new ArrayList<>();
        try (RunningWorker worker = RunningWorker.start()) {
            worker.follow(pick.spec(1)).follow(RunningWorker.snapshot(known, 1, 0, theta));
            for (int size : batchSizes) {
                for (int i = 0; i < size; i++) {
                    JoinedTrajectory trajectory = SampleTrajectory.of(pick, "t" + trajectories.size())
                            .choosing(random.nextInt(3))
                            .rewarded(random.nextDouble())
                            .joined();
                    trajectories.add(trajectory);
                    worker.learn(trajectory, trajectory.reward());
                }
                worker.barrier();
            }
            assertThat(worker.gradients()).hasSameSizeAs(batchSizes);
            for (PartialGradient partial : worker.gradients()) {
                sum.add(partial.gradient());
                statistics.add(partial.statistics());
            }
        }
        var whole = new GradientAccumulator(known.policy().layout());
        var wholeStatistics = new BatchStatistics();
        accumulate(known, theta, trajectories, whole, wholeStatistics);
        for (int i = 0; i < theta.length; i++) {
            assertThat(sum.values()[i]).isCloseTo(whole.values()[i], within(1e-4f));
        }
        assertThat(statistics.trajectories).isEqualTo(wholeStatistics.trajectories);
        assertThat(statistics.advantageSum).isCloseTo(wholeStatistics.advantageSum, within(1e-9));
        assertThat(statistics.klSum).isCloseTo(wholeStatistics.klSum, within(1e-9));
    }

    /** One batch: the worker adds nothing to, and takes nothing from, what the estimator says. */
    @Property(tries = 40)
    void aPartialGradientIsThePolicyGradientOfItsBatch(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int size)
            throws Exception {
        var random = new SplittableRandom(seed);
        KnownPolicy known = pick.known(1);
        float[] theta = new float[64];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = (float) (random.nextDouble() - 0.5);
        }
        List<JoinedTrajectory> trajectories = new ArrayList<>();
        var emitted = new GradientAccumulator(known.policy().layout());
        try (RunningWorker worker = RunningWorker.start()) {
            worker.follow(pick.spec(1)).follow(RunningWorker.snapshot(known, 1, 0, theta));
            double rewards = 0;
            for (int i = 0; i < size; i++) {
                JoinedTrajectory trajectory = SampleTrajectory.of(pick, "t" + i)
                        .choosing(random.nextInt(3))
                        .rewarded(random.nextDouble())
                        .joined();
                rewards += trajectory.reward();
                trajectories.add(trajectory);
                worker.learn(trajectory, trajectory.reward());
            }
            worker.endInput();
            PartialGradient partial = worker.gradients().get(0);
            assertThat(partial.totals().rewardSum).isCloseTo(rewards, within(1e-9));
            assertThat(partial.totals().baselineSum).isZero();
            assertThat(partial.trajectories().appendedAtMs()).hasSize(size).containsOnly(1_010);
            emitted.add(partial.gradient());
        }
        var expected = new GradientAccumulator(known.policy().layout());
        accumulate(known, theta, trajectories, expected, new BatchStatistics());
        assertThat(emitted.values()).isEqualTo(expected.values());
    }

    private static void accumulate(
            KnownPolicy known,
            float[] theta,
            List<JoinedTrajectory> trajectories,
            GradientAccumulator out,
            BatchStatistics statistics)
            throws Exception {
        var replica = ParameterReplica.singleThreaded("pick", known.policy().layout());
        replica.offer(UpdateReader.chunk(RunningWorker.snapshot(known, 1, 0, theta)));
        var batch = new Batch();
        RecordCodec<Generation> codec = RecordCodec.of(Generation.class);
        for (JoinedTrajectory trajectory : trajectories) {
            var decision = GenerationReader.decision(codec.decode(trajectory.steps()[0]));
            batch.add(Trajectory.of(decision), trajectory.reward());
        }
        var estimator = new PolicyGradient(known.policy(), known.definition().estimator());
        replica.read(parameters -> {
            estimator.accumulate(parameters, batch, out, statistics);
            return parameters.version();
        });
    }
}

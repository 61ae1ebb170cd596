package io.millrace.policy.gradient;

import static io.millrace.policy.gradient.ExactWorld.distance;
import static io.millrace.policy.gradient.ExactWorld.norm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Allocations;
import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.FiniteDifferences;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Trajectory.Origin;
import io.millrace.policy.choice.ExactChoice;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.EstimatorSpec;
import io.millrace.policy.spec.PolicySpecException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the host sees to for every estimator: vetoes, demonstrations, references, checks, statistics. */
class EstimatorHostTest {

    private static final EstimatorSpec EVERYTHING = EstimatorSpec.of(Map.of(
            "algorithm",
            "ppo",
            "baseline",
            "critic",
            "entropy",
            0.1,
            "importance-veto",
            1e-6,
            "returns",
            Map.of("kind", "gae"),
            "kl",
            Map.of("coefficient", 0.1, "reference", "initial")));

    private final ExactWorld world = new ExactWorld(1, 2);
    private final BatchStatistics stats = new BatchStatistics();

    @Test
    void aVetoedTrajectoryCountsNothing() {
        EstimatorSpec spec = EstimatorSpec.of(Map.of(
                "algorithm",
                "actor-critic",
                "baseline",
                "critic",
                "entropy",
                0.1,
                "importance-veto",
                1e6,
                "returns",
                Map.of("kind", "td")));

        double[] gradient = world.gradient(spec, all(), stats);

        assertThat(norm(gradient)).isZero();
        assertThat(stats.vetoed).isEqualTo(27);
        assertThat(stats.weightSum).isZero();
        assertThat(stats.valued).isZero();
    }

    @Test
    void vetoesOnlyTheTrajectoriesWithSuchAToken() {
        EstimatorSpec spec = EstimatorSpec.of(Map.of("importance-veto", 0.7));
        Batch kept = new Batch();
        for (int[] actions : world.trajectories) {
            if (leastRatio(actions) >= 0.7) {
                kept.add(world.trajectory(actions), world.reward(actions));
            }
        }

        double[] gradient = world.gradient(spec, all(), stats);

        assertThat(kept.size()).isBetween(1, 26);
        assertThat(stats.vetoed).isEqualTo(27 - kept.size());
        double[] expected = world.gradient(EstimatorSpec.DEFAULT, kept, new BatchStatistics());
        assertThat(distance(gradient, expected)).isLessThan(1e-6);
    }

    @Test
    void generatedAndDemonstratedTrajectoriesAddUp() {
        Batch mixed = all();
        Batch demonstrated = new Batch();
        for (int[] actions : world.trajectories.subList(0, 4)) {
            Trajectory unscored = new Trajectory(
                    withoutLogProbs(world.trajectory(actions).decisions()), new double[3], Origin.DEMONSTRATED);
            mixed.add(unscored, 0);
            demonstrated.add(unscored, 0);
        }

        double[] sum = world.gradient(EstimatorSpec.DEFAULT, mixed, stats);

        double[] generated = world.gradient(EstimatorSpec.DEFAULT, all(), new BatchStatistics());
        double[] supervised = world.gradient(EstimatorSpec.DEFAULT, demonstrated, new BatchStatistics());
        for (int i = 0; i < sum.length; i++) {
            assertThat(sum[i]).isEqualTo(generated[i] + supervised[i], within(1e-5));
        }
        assertThat(stats.trajectories).isEqualTo(31);
        assertThat(stats.demonstrations).isEqualTo(4);
        assertThat(stats.actions).isEqualTo(81);
    }

    @Test
    void aPenaltyNeedsAReference() {
        EstimatorSpec spec = EstimatorSpec.of(Map.of("kl", Map.of("coefficient", 1, "reference", "initial")));
        Batch scored = all();
        new PolicyGradient(world.policy, spec).scoreReference(theta(), scored);
        assertThat(scored.hasReference()).isTrue();
        scored.add(world.trajectory(world.trajectories.get(0)), 1);

        assertThat(scored.hasReference()).isFalse();
        assertThatThrownBy(() -> world.gradient(spec, scored, stats))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call scoreReference first");
        assertThatThrownBy(() -> scored.setReference(new Scores()))
                .hasMessage("reference: expected the scores of the batch's 84 actions, found 0");
    }

    @Test
    void aReferenceThatIsThePolicyItselfPullsNowhere() {
        EstimatorSpec spec = EstimatorSpec.of(Map.of("kl", Map.of("coefficient", 5, "reference", "initial")));
        Batch scored = all();
        new PolicyGradient(world.policy, spec).scoreReference(theta(), scored);

        double[] gradient = world.gradient(spec, scored, stats);

        double[] plain = world.gradient(EstimatorSpec.DEFAULT, all(), new BatchStatistics());
        assertThat(distance(gradient, plain)).isLessThan(1e-6);
        assertThat(stats.referenceKl()).isEqualTo(0, within(1e-9));
    }

    @Test
    void theReferenceOfEachTrajectoryIsItsOwn() {
        EstimatorSpec spec = EstimatorSpec.of(Map.of("kl", Map.of("coefficient", 1, "reference", "initial")));
        Parameters reference = FiniteDifferences.parameters(world.behaviour);
        double[] sum = new double[world.target.length];
        for (int[] actions : world.trajectories) {
            Batch one = new Batch();
            one.add(world.trajectory(actions), world.reward(actions));
            new PolicyGradient(world.policy, spec).scoreReference(reference, one);
            double[] gradient = world.gradient(spec, one, new BatchStatistics());
            for (int i = 0; i < sum.length; i++) {
                sum[i] += gradient[i];
            }
        }
        Batch batch = all();
        new PolicyGradient(world.policy, spec).scoreReference(reference, batch);

        assertThat(distance(world.gradient(spec, batch, stats), sum)).isLessThan(1e-6);
    }

    @Test
    void refusesARewardThatIsNotFiniteBeforeAnythingWasAdded() {
        Trajectory good = world.trajectory(world.trajectories.get(0));
        Batch batch = new Batch();
        batch.add(good, 1);
        batch.add(new Trajectory(good.decisions(), new double[] {0, Double.POSITIVE_INFINITY, 0}, Origin.GENERATED), 1);

        assertThatThrownBy(() -> world.gradient(EstimatorSpec.DEFAULT, batch, stats))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("reward: expected a finite number, found Infinity (trajectory 1 of the batch)");
        assertThat(stats.trajectories).isZero();
    }

    @Test
    void refusesACriticWhereThePolicyHasNone() {
        assertThatThrownBy(() -> new PolicyGradient(new ExactChoice().policy(), EVERYTHING))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageStartingWith("estimator.baseline: expected a baseline that needs no value head");
    }

    @Test
    void measuresTheCritic() {
        world.learnValues();
        EstimatorSpec spec = EstimatorSpec.of(
                Map.of("algorithm", "actor-critic", "baseline", "critic", "returns", Map.of("kind", "monte-carlo")));

        world.gradient(spec, all(), stats);

        assertThat(stats.valued).isEqualTo(81);
        assertThat(stats.explainedVariance()).isBetween(0.2, 0.99);
        assertThat(stats.valueLoss()).isPositive();
    }

    @Test
    void allocatesNothingPerTrajectory() {
        Batch batch = all();
        var estimator = new PolicyGradient(world.policy, EVERYTHING);
        var out = new GradientAccumulator(world.policy.layout());
        Parameters theta = theta();

        double bytes = Allocations.perRun(() -> {
            estimator.scoreReference(theta, batch);
            estimator.accumulate(theta, batch, out, stats);
        });

        // 27 trajectories: one small object a batch may be, one a trajectory may not.
        assertThat(bytes).isLessThan(80);
    }

    private Batch all() {
        var batch = new Batch();
        for (int[] actions : world.trajectories) {
            batch.add(world.trajectory(actions), world.reward(actions));
        }
        return batch;
    }

    private Parameters theta() {
        return FiniteDifferences.parameters(world.target);
    }

    private double leastRatio(int[] actions) {
        double least = 1;
        int state = 0;
        for (int action : actions) {
            double logRatio = ExactWorld.logProb(ExactWorld.doubles(world.target), state, action)
                    - ExactWorld.logProb(ExactWorld.doubles(world.behaviour), state, action);
            least = Math.min(least, Math.exp(logRatio));
            state = ExactWorld.next(state, action);
        }
        return least;
    }

    /** As they come from someone who knows no probabilities. */
    private static List<Decision> withoutLogProbs(List<Decision> decisions) {
        return decisions.stream()
                .map(d -> new Decision(d.context(), d.actions(), new float[] {Float.NaN}))
                .toList();
    }
}

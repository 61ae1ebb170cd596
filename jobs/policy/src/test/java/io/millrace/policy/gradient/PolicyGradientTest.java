package io.millrace.policy.gradient;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.ExactPolicy;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policy;
import io.millrace.policy.Trajectory;
import io.millrace.policy.choice.ExactChoice;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.spec.EstimatorSpec;
import io.millrace.policy.transducer.ExactTransducer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expectations of the estimator, not sampled but summed over every trajectory that there is. */
class PolicyGradientTest {

    private static final double UNTRUNCATED = Double.POSITIVE_INFINITY;

    static Stream<ExactPolicy> policies() {
        return Stream.of(new ExactTransducer(), new ExactChoice());
    }

    static Stream<Case> casesOfEveryBaseline() {
        return policies()
                .flatMap(policy -> Stream.of(BaselineSpec.Kind.values()).map(kind -> new Case(policy, kind)));
    }

    record Case(ExactPolicy exact, BaselineSpec.Kind baseline) {}

    @ParameterizedTest
    @MethodSource("casesOfEveryBaseline")
    void isUnbiasedOnItsOwnTrajectoriesWithEveryBaseline(Case c) {
        World world = new World(c.exact(), 1, 1);
        double b = world.baseline(c.baseline());

        assertClose(world.expectation(b, 2).gradient(), world.exactGradient());
    }

    @ParameterizedTest
    @MethodSource("casesOfEveryBaseline")
    void isUnbiasedOnAnotherPolicysTrajectoriesWhereWeightsAreNotTruncated(Case c) {
        World world = new World(c.exact(), 1, 2);
        double b = world.baseline(c.baseline());

        assertClose(world.expectation(b, UNTRUNCATED).gradient(), world.exactGradient());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void isBiasedWithoutImportanceWeights(ExactPolicy exact) {
        World world = new World(exact, 1, 2);

        double[] difference = world.exactGradient();
        double[] estimate = world.expectation(0, 0).gradient();
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= estimate[i];
        }

        assertThat(norm(difference)).isGreaterThan(0.05 * norm(world.exactGradient()));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void varianceFallsWithTheMeanAsBaseline(ExactPolicy exact) {
        World world = new World(exact, 1, 1, 2);

        double without = world.expectation(0, UNTRUNCATED).variance();
        double with = world.expectation(world.baseline(BaselineSpec.Kind.MEAN), UNTRUNCATED)
                .variance();

        assertThat(with).isLessThan(0.25 * without);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void importanceWeightsTurnOneExpectationIntoTheOther(ExactPolicy exact) {
        World world = new World(exact, 1, 2);

        assertThat(world.expectation(0, UNTRUNCATED).weightedReward())
                .isEqualTo(world.expectedReward(), within(1e-6 * world.expectedReward()));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void truncationOnlyTakesAwayFromAPositiveReward(ExactPolicy exact) {
        World world = new World(exact, 1, 2);

        double last = 0;
        for (double bound : new double[] {0.5, 1, 2, 1000}) {
            double estimate = world.expectation(0, bound).weightedReward();
            assertThat(estimate).isGreaterThan(last).isLessThanOrEqualTo(world.expectedReward() * (1 + 1e-6));
            last = estimate;
        }
        assertThat(last).isEqualTo(world.expectedReward(), within(1e-6 * world.expectedReward()));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void truncationNeverLetsAWeightExceedItsBoundAndCountsWhatItCut(ExactPolicy exact) {
        World world = new World(exact, 1, 2);
        Expectation expectation = world.expectation(0, 1.25);

        assertThat(expectation.greatestWeight()).isEqualTo(1.25);
        assertThat(expectation.clipped())
                .isEqualTo((double) world.ratiosAbove(1.25))
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void approximateKlIsTheDivergenceInExpectation(ExactPolicy exact) {
        World world = new World(exact, 1, 2);

        assertThat(world.expectation(0, 2).kl()).isEqualTo(world.exactKl(), within(1e-5));
    }

    @Test
    void statisticsOfTwoBatchesAddUp() {
        World world = new World(new ExactChoice(), 1, 2);
        BatchStatistics whole = world.statistics(0, 12);

        BatchStatistics sum = world.statistics(0, 5);
        sum.add(world.statistics(5, 12));

        assertThat(sum)
                .usingRecursiveComparison()
                .withComparatorForType(PolicyGradientTest::nearly, Double.class)
                .isEqualTo(whole);
        assertThat(whole.trajectories).isEqualTo(12);
        assertThat(whole.actions).isEqualTo(24);
    }

    @Test
    void staysFiniteWhenTheBehaviourWasAllButImpossible() {
        World world = new World(new ExactTransducer(), 1, 1);
        var gradient = new GradientAccumulator(world.policy.layout());
        var batch = new Batch();
        Context context = world.exact.contexts().get(1);
        batch.add(Trajectory.of(new Decision(context, new int[] {0}, new float[] {-1e30f})), 1);
        batch.add(Trajectory.of(new Decision(context, new int[] {0}, new float[] {0})), 1);
        var stats = new BatchStatistics();

        new PolicyGradient(world.policy, estimator(UNTRUNCATED)).accumulate(world.target(), batch, gradient, stats);

        assertThat(gradient.toSparseRows().squaredNorm()).isFinite();
        assertThat(stats.klSum).isFinite();
        assertThat(stats.weightSquaredSum).isFinite();
    }

    @Test
    void refusesWhatIsNotFiniteBeforeAnythingWasAdded() {
        World world = new World(new ExactChoice(), 1, 1);
        Context context = world.exact.contexts().get(0);
        assertRefused(world, new Decision(context, new int[] {0}, new float[] {Float.NaN}), 1, "logProbs[0]: expected");
        assertRefused(
                world, new Decision(context, new int[] {0}, new float[] {Float.NEGATIVE_INFINITY}), 1, "logProbs[0]: ");
        assertRefused(world, new Decision(context, new int[] {0}, new float[] {0.1f}), 1, "logProbs[0]: expected");
        Decision good = new Decision(context, new int[] {0}, new float[] {-1});
        assertRefused(world, good, Double.NaN, "advantage: expected a finite number, found NaN (trajectory 1");
    }

    private static void assertRefused(World world, Decision decision, double advantage, String message) {
        var gradient = new GradientAccumulator(world.policy.layout());
        var stats = new BatchStatistics();
        var batch = new Batch();
        batch.add(Trajectory.of(new Decision(decision.context(), new int[] {1}, new float[] {-1})), 1);
        batch.add(Trajectory.of(decision), advantage);

        assertThatThrownBy(() -> new PolicyGradient(world.policy, estimator(2))
                        .accumulate(world.target(), batch, gradient, stats))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
        assertThat(gradient.touchedRows()).isZero();
        assertThat(stats.trajectories).isZero();
    }

    private static void assertClose(double[] estimate, double[] exact) {
        double[] difference = exact.clone();
        for (int i = 0; i < exact.length; i++) {
            difference[i] -= estimate[i];
        }
        assertThat(norm(exact)).isGreaterThan(0.01);
        assertThat(norm(difference)).isLessThan(1e-6 * norm(exact));
    }

    private static int nearly(double a, double b) {
        return Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);
    }

    private static double norm(double[] vector) {
        double sum = 0;
        for (double v : vector) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }

    private static EstimatorSpec estimator(double importanceClip) {
        return EstimatorSpec.of(
                Map.of("importance-clip", importanceClip == UNTRUNCATED ? "unlimited" : (Object) importanceClip));
    }

    /** Sums over all trajectories τ, each weighed by μ(τ). */
    record Expectation(
            double[] gradient,
            double variance,
            double weightedReward,
            double kl,
            double greatestWeight,
            double clipped) {}

    /** A target policy π_θ, a behaviour policy μ and a reward for every trajectory. */
    private static final class World {

        private final ExactPolicy exact;
        private final Policy policy;
        private final float[] target;
        private final float[] behaviour;
        private final List<List<int[]>> trajectories;
        private final double[] rewards;

        World(ExactPolicy exact, long targetSeed, long behaviourSeed) {
            this(exact, targetSeed, behaviourSeed, 0);
        }

        World(ExactPolicy exact, long targetSeed, long behaviourSeed, double leastReward) {
            this.exact = exact;
            this.policy = exact.policy();
            this.target = randomVector(policy.layout().size(), new SplittableRandom(targetSeed));
            this.behaviour = randomVector(policy.layout().size(), new SplittableRandom(behaviourSeed));
            this.trajectories = exact.trajectories();
            var random = new SplittableRandom(5);
            this.rewards = trajectories.stream()
                    .mapToDouble(t -> leastReward + random.nextDouble())
                    .toArray();
        }

        Parameters target() {
            return parameters(target);
        }

        /** The running average after some earlier rewards: any number that does not depend on the trajectory will do. */
        double baseline(BaselineSpec.Kind kind) {
            var spec = new BaselineSpec(kind, 0.3, 2, false);
            RunningAverage average = RunningAverage.EMPTY;
            for (double reward : rewards) {
                average = average.plus(reward, spec);
            }
            return average.mean();
        }

        Expectation expectation(double baseline, double importanceClip) {
            double[] gradient = new double[target.length];
            double squares = 0;
            double weightedReward = 0;
            double kl = 0;
            double greatest = 0;
            double clipped = 0;
            for (int t = 0; t < trajectories.size(); t++) {
                double mu = Math.exp(logProb(behaviour, t));
                var out = new GradientAccumulator(policy.layout());
                BatchStatistics stats = accumulate(t, t + 1, baseline, importanceClip, out);
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] += mu * out.values()[i];
                }
                squares += mu * out.toSparseRows().squaredNorm();
                weightedReward += mu * stats.weightSum * rewards[t];
                kl += mu * stats.klSum;
                greatest = Math.max(greatest, stats.weightSum);
                clipped += stats.clipped;
            }
            double norm = norm(gradient);
            return new Expectation(gradient, squares - norm * norm, weightedReward, kl, greatest, clipped);
        }

        BatchStatistics statistics(int from, int to) {
            return accumulate(from, to, 0, 1.25, new GradientAccumulator(policy.layout()));
        }

        private BatchStatistics accumulate(
                int from, int to, double baseline, double importanceClip, GradientAccumulator out) {
            var batch = new Batch();
            for (int t = from; t < to; t++) {
                batch.add(recorded(trajectories.get(t)), rewards[t] - baseline);
            }
            var stats = new BatchStatistics();
            new PolicyGradient(policy, estimator(importanceClip)).accumulate(target(), batch, out, stats);
            return stats;
        }

        private Trajectory recorded(List<int[]> actions) {
            List<Decision> decisions = new ArrayList<>();
            for (int d = 0; d < actions.size(); d++) {
                double[] exactly = logProbs(behaviour, d, actions, 0, new double[target.length]);
                float[] recorded = new float[exactly.length];
                for (int i = 0; i < recorded.length; i++) {
                    recorded[i] = (float) exactly[i];
                }
                decisions.add(new Decision(exact.contexts().get(d), actions.get(d), recorded));
            }
            return new Trajectory(decisions);
        }

        /** ∇U(θ) = Σ_τ π_θ(τ) R(τ) ∇ log π_θ(τ), all in doubles. */
        double[] exactGradient() {
            double[] gradient = new double[target.length];
            for (int t = 0; t < trajectories.size(); t++) {
                double scale = Math.exp(logProb(target, t)) * rewards[t];
                for (int d = 0; d < exact.contexts().size(); d++) {
                    logProbs(target, d, trajectories.get(t), scale, gradient);
                }
            }
            return gradient;
        }

        double expectedReward() {
            double sum = 0;
            for (int t = 0; t < trajectories.size(); t++) {
                sum += Math.exp(logProb(target, t)) * rewards[t];
            }
            return sum;
        }

        double exactKl() {
            double sum = 0;
            for (int t = 0; t < trajectories.size(); t++) {
                sum += Math.exp(logProb(behaviour, t)) * (logProb(behaviour, t) - logProb(target, t));
            }
            return sum;
        }

        long ratiosAbove(double bound) {
            long count = 0;
            for (int t = 0; t < trajectories.size(); t++) {
                count += Math.exp(logProb(target, t) - logProb(behaviour, t)) > bound ? 1 : 0;
            }
            return count;
        }

        private double logProb(float[] theta, int trajectory) {
            double sum = 0;
            for (int d = 0; d < exact.contexts().size(); d++) {
                for (double logProb : logProbs(theta, d, trajectories.get(trajectory), 0, new double[theta.length])) {
                    sum += logProb;
                }
            }
            return sum;
        }

        private double[] logProbs(float[] theta, int d, List<int[]> actions, double scale, double[] gradient) {
            return exact.logProbs(theta, exact.contexts().get(d), actions.get(d), scale, gradient);
        }
    }
}

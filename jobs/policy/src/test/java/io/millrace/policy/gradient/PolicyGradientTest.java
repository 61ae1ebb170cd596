package io.millrace.policy.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.ExactPolicy;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Trajectory;
import io.millrace.policy.choice.ExactChoice;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.transducer.ExactTransducer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expectations of the estimator, not sampled but summed over every trajectory that there is. */
class PolicyGradientTest {

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
        EnumeratedWorld world = new EnumeratedWorld(c.exact(), 1, 1);
        double b = world.baseline(c.baseline());

        assertClose(world.expectation(b, 2).gradient(), world.exactGradient());
    }

    @ParameterizedTest
    @MethodSource("casesOfEveryBaseline")
    void isUnbiasedOnAnotherPolicysTrajectoriesWhereWeightsAreNotTruncated(Case c) {
        EnumeratedWorld world = new EnumeratedWorld(c.exact(), 1, 2);
        double b = world.baseline(c.baseline());

        assertClose(world.expectation(b, EnumeratedWorld.UNTRUNCATED).gradient(), world.exactGradient());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void isBiasedWithoutImportanceWeights(ExactPolicy exact) {
        EnumeratedWorld world = new EnumeratedWorld(exact, 1, 2);

        double[] difference = world.exactGradient();
        double[] estimate = world.expectation(0, 0).gradient();
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= estimate[i];
        }

        assertThat(EnumeratedWorld.norm(difference)).isGreaterThan(0.05 * EnumeratedWorld.norm(world.exactGradient()));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void varianceFallsWithTheMeanAsBaseline(ExactPolicy exact) {
        EnumeratedWorld world = new EnumeratedWorld(exact, 1, 1, 2);

        double without = world.expectation(0, EnumeratedWorld.UNTRUNCATED).variance();
        double with = world.expectation(world.baseline(BaselineSpec.Kind.MEAN), EnumeratedWorld.UNTRUNCATED)
                .variance();

        assertThat(with).isLessThan(0.25 * without);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void importanceWeightsTurnOneExpectationIntoTheOther(ExactPolicy exact) {
        EnumeratedWorld world = new EnumeratedWorld(exact, 1, 2);

        assertThat(world.expectation(0, EnumeratedWorld.UNTRUNCATED).weightedReward())
                .isEqualTo(world.expectedReward(), within(1e-6 * world.expectedReward()));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void truncationOnlyTakesAwayFromAPositiveReward(ExactPolicy exact) {
        EnumeratedWorld world = new EnumeratedWorld(exact, 1, 2);

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
        EnumeratedWorld world = new EnumeratedWorld(exact, 1, 2);
        EnumeratedWorld.Expectation expectation = world.expectation(0, 1.25);

        assertThat(expectation.greatestWeight()).isEqualTo(1.25);
        assertThat(expectation.clipped())
                .isEqualTo((double) world.ratiosAbove(1.25))
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void approximateKlIsTheDivergenceInExpectation(ExactPolicy exact) {
        EnumeratedWorld world = new EnumeratedWorld(exact, 1, 2);

        assertThat(world.expectation(0, 2).kl()).isEqualTo(world.exactKl(), within(1e-5));
    }

    @Test
    void statisticsOfTwoBatchesAddUp() {
        EnumeratedWorld world = new EnumeratedWorld(new ExactChoice(), 1, 2);
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
        EnumeratedWorld world = new EnumeratedWorld(new ExactTransducer(), 1, 1);
        var gradient = new GradientAccumulator(world.policy().layout());
        var batch = new Batch();
        Context context = world.exact().contexts().get(1);
        batch.add(Trajectory.of(new Decision(context, new int[] {0}, new float[] {-1e30f})), 1);
        batch.add(Trajectory.of(new Decision(context, new int[] {0}, new float[] {0})), 1);
        var stats = new BatchStatistics();

        new PolicyGradient(world.policy(), EnumeratedWorld.estimator(EnumeratedWorld.UNTRUNCATED))
                .accumulate(world.target(), batch, gradient, stats);

        assertThat(gradient.toSparseRows().squaredNorm()).isFinite();
        assertThat(stats.klSum).isFinite();
        assertThat(stats.weightSquaredSum).isFinite();
        assertThat(stats.vetoed).isEqualTo(1);
        assertThat(stats.klSum).isLessThan(100);
    }

    @Test
    void greedyOutputsSayNothingOfTheDivergence() {
        EnumeratedWorld world = new EnumeratedWorld(new ExactTransducer(), 1, 1);
        Context context = world.exact().contexts().get(1);
        var batch = new Batch();
        batch.add(Trajectory.of(new Decision(context, new int[] {0}, new float[] {0})), 1);
        var stats = new BatchStatistics();

        new PolicyGradient(world.policy(), EnumeratedWorld.estimator(2))
                .accumulate(
                        world.target(),
                        batch,
                        new GradientAccumulator(world.policy().layout()),
                        stats);

        assertThat(stats.klSum).isZero();
        assertThat(stats.actions).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNotFiniteBeforeAnythingWasAdded() {
        EnumeratedWorld world = new EnumeratedWorld(new ExactChoice(), 1, 1);
        Context context = world.exact().contexts().get(0);
        assertRefused(world, new Decision(context, new int[] {0}, new float[] {Float.NaN}), 1, "logProbs[0]: expected");
        assertRefused(
                world, new Decision(context, new int[] {0}, new float[] {Float.NEGATIVE_INFINITY}), 1, "logProbs[0]: ");
        assertRefused(world, new Decision(context, new int[] {0}, new float[] {0.1f}), 1, "logProbs[0]: expected");
        Decision good = new Decision(context, new int[] {0}, new float[] {-1});
        assertRefused(world, good, Double.NaN, "advantage: expected a finite number, found NaN (trajectory 1");
    }

    private static void assertRefused(EnumeratedWorld world, Decision decision, double advantage, String message) {
        var gradient = new GradientAccumulator(world.policy().layout());
        var stats = new BatchStatistics();
        var batch = new Batch();
        batch.add(Trajectory.of(new Decision(decision.context(), new int[] {1}, new float[] {-1})), 1);
        batch.add(Trajectory.of(decision), advantage);

        assertThatThrownBy(() -> new PolicyGradient(world.policy(), EnumeratedWorld.estimator(2))
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
        assertThat(EnumeratedWorld.norm(exact)).isGreaterThan(0.01);
        assertThat(EnumeratedWorld.norm(difference)).isLessThan(1e-6 * EnumeratedWorld.norm(exact));
    }

    private static int nearly(double a, double b) {
        return Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);
    }
}

package io.millrace.policy.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.InvalidInputException;
import io.millrace.policy.spec.BaselineSpec;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunningAverageTest {

    @Test
    void meanIsTheMeanAndThePopulationVarianceOfAllRewards() {
        double[] rewards = {1, 4, 4, 0, -2.5};

        RunningAverage average = over(rewards, estimator(BaselineSpec.Kind.MEAN, 0.5));

        assertThat(average.count()).isEqualTo(5);
        assertThat(average.mean()).isEqualTo(1.3, within(1e-12));
        assertThat(average.variance()).isEqualTo(6.16, within(1e-12));
        assertThat(average.standardDeviation()).isEqualTo(Math.sqrt(6.16), within(1e-12));
    }

    @Test
    void emaWeighsRewardsByAgeAndCorrectsForTheStart() {
        double[] rewards = {3, -1, 2};
        double[] weights = {0.49, 0.7, 1};
        double total = 0.49 + 0.7 + 1;
        double mean = (3 * 0.49 - 0.7 + 2) / total;
        double variance = 0;
        for (int i = 0; i < 3; i++) {
            variance += weights[i] * (rewards[i] - mean) * (rewards[i] - mean) / total;
        }

        RunningAverage average = over(rewards, estimator(BaselineSpec.Kind.EMA, 0.3));

        assertThat(average.mean()).isEqualTo(mean, within(1e-12));
        assertThat(average.variance()).isEqualTo(variance, within(1e-12));
    }

    @Test
    void emaOfRateOneIsTheLastReward() {
        RunningAverage average = over(new double[] {3, -1, 2}, estimator(BaselineSpec.Kind.EMA, 1));

        assertThat(average).isEqualTo(new RunningAverage(3, 2, 0));
    }

    @Test
    void noneStaysAtZeroAndMeasuresTheDeviationFromIt() {
        RunningAverage average = over(new double[] {3, -1, 2}, estimator(BaselineSpec.Kind.NONE, 0.3));

        assertThat(average.mean()).isZero();
        assertThat(average.variance()).isEqualTo(14.0 / 3, within(1e-12));
    }

    @Test
    void keepsItsDigitsOnAMillionRewardsFarFromZero() {
        var random = new SplittableRandom(4);
        RunningAverage average = RunningAverage.EMPTY;
        for (int i = 0; i < 1_000_000; i++) {
            average = average.plus(1e9 + random.nextInt(2), estimator(BaselineSpec.Kind.MEAN, 0.5));
        }

        assertThat(average.variance()).isEqualTo(0.25, within(1e-3));
    }

    @Test
    void refusesARewardThatIsNotFinite() {
        assertThatThrownBy(() -> RunningAverage.EMPTY.plus(Double.NaN, estimator(BaselineSpec.Kind.MEAN, 0.5)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("reward: expected a finite number, found NaN");
    }

    @Test
    void subtractsTheAverageFromBeforeTheRewardUnlessItIsToHoldIt() {
        BaselineSpec earlier = estimator(BaselineSpec.Kind.MEAN, 0.5);
        BaselineSpec inclusive = estimator(BaselineSpec.Kind.INCLUSIVE_MEAN, 0.5);
        double[] rewards = {4, 1, 7, 0};
        RunningAverage average = RunningAverage.EMPTY;
        for (int n = 1; n <= rewards.length; n++) {
            double reward = rewards[n - 1];
            assertThat(average.baselineOf(reward, earlier)).isEqualTo(average.mean());
            assertThat(reward - average.baselineOf(reward, inclusive))
                    .isCloseTo((1 - 1.0 / n) * (reward - average.mean()), within(1e-12));
            average = average.plus(reward, inclusive);
        }
        assertThat(average.mean()).isEqualTo(3);
        assertThat(average.baselineOf(5, estimator(BaselineSpec.Kind.NONE, 0.5)))
                .as("a policy that has given its baseline up")
                .isZero();
    }

    private static RunningAverage over(double[] rewards, BaselineSpec baseline) {
        RunningAverage average = RunningAverage.EMPTY;
        for (double reward : rewards) {
            average = average.plus(reward, baseline);
        }
        return average;
    }

    private static BaselineSpec estimator(BaselineSpec.Kind kind, double rate) {
        return new BaselineSpec(kind, rate, 2, false);
    }
}

package io.millrace.policy.gradient;

import io.millrace.policy.InvalidInputException;
import io.millrace.policy.spec.BaselineSpec;

/**
 * Running average and variance of the rewards of one segment: the baseline b.
 *
 * <p>Immutable, so that keyed state may share it. An exponential moving average is kept bias-corrected: the n rewards weigh
 * (1−α)^(n−1), …, 1−α, 1, divided by their sum, so the first reward alone is its own average.
 *
 * @param count rewards seen
 * @param mean running average; 0 for the baseline kind none
 * @param variance running mean of the squared deviations from {@code mean} (population)
 */
public record RunningAverage(long count, double mean, double variance) {

    public static final RunningAverage EMPTY = new RunningAverage(0, 0, 0);

    /**
     * The average after one more reward, by the kind of the baseline. A baseline that is no running average (of a group, a
     * critic) keeps the mean, for statistics.
     *
     * <p>With η the new reward's share of all weight and δ = r − mean: mean += η δ and variance = (1 − η)(variance + η δ²),
     * which is Welford's method for η = 1/n and West's (1979) for any weights: no difference of large sums, so no
     * cancellation.
     *
     * @throws InvalidInputException when the reward is not finite
     */
    public RunningAverage plus(double reward, BaselineSpec baseline) {
        if (!Double.isFinite(reward)) {
            throw new InvalidInputException("reward: expected a finite number, found " + reward);
        }
        long n = count + 1;
        return switch (baseline.kind()) {
            case NONE -> new RunningAverage(n, 0, variance + (reward * reward - variance) / n);
            case MEAN, INCLUSIVE_MEAN, LEAVE_ONE_OUT, GROUP_NORMALIZED, GROUP_CENTERED, CRITIC ->
                moved(n, reward, 1.0 / n);
            case EMA -> moved(n, reward, baseline.emaRate() / weightOf(n, baseline.emaRate()));
        };
    }

    /**
     * What to subtract from the next reward, by the kind of the baseline: an average from before it, which keeps the gradient
     * unbiased; or one that holds it, which shrinks the first steps of a segment and changes no direction, for
     * R_n − mean_n = (1 − 1/n)(R_n − mean_(n−1)).
     */
    public double baselineOf(double reward, BaselineSpec baseline) {
        return switch (baseline.kind()) {
            // A policy that had a baseline until now leaves its mean here.
            case NONE -> 0;
            case INCLUSIVE_MEAN -> mean + (reward - mean) / (count + 1);
            case MEAN, EMA, LEAVE_ONE_OUT, GROUP_NORMALIZED, GROUP_CENTERED, CRITIC -> mean;
        };
    }

    private RunningAverage moved(long n, double reward, double share) {
        double delta = reward - mean;
        return new RunningAverage(n, mean + share * delta, (1 - share) * (variance + share * delta * delta));
    }

    /** 1 − (1−α)^n, precise for small α too. */
    private static double weightOf(long n, double rate) {
        return -Math.expm1(n * Math.log1p(-rate));
    }

    public double standardDeviation() {
        return Math.sqrt(variance);
    }
}

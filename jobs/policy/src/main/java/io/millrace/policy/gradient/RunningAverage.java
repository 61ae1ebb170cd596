package io.millrace.policy.gradient;

import io.millrace.policy.spec.EstimatorSpec;

/**
 * Running average and variance of the rewards of one segment: the baseline b.
 *
 * <p>Immutable, so that keyed state may share it. {@code weight} is the number of rewards for a mean, and 1 − (1−α)^n
 * for an exponential moving average, whose mean is kept bias-corrected.
 *
 * @param count rewards seen
 * @param mean running average
 * @param variance running variance (population)
 */
public record RunningAverage(long count, double mean, double variance) {

    public static final RunningAverage EMPTY = new RunningAverage(0, 0, 0);

    /** The average after one more reward, by the baseline kind (mean or ema) of the estimator. CONTRACT ONLY. */
    public RunningAverage plus(double reward, EstimatorSpec estimator) {
        throw new UnsupportedOperationException();
    }

    public double standardDeviation() {
        return Math.sqrt(variance);
    }
}

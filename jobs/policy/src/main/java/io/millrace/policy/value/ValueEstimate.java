package io.millrace.policy.value;

/**
 * An estimate of the mean reward of a trajectory, with its 95% confidence interval.
 *
 * @param lower lower end of the interval
 * @param upper upper end of the interval
 * @param effectiveSampleSize (Σ w)² / Σ w² of the importance weights behind it (Kong 1992)
 */
public record ValueEstimate(Method method, double value, double lower, double upper, double effectiveSampleSize) {

    /** Half the width of a 95% interval, in standard errors of a normal distribution. */
    private static final double STANDARD_ERRORS = 1.959964;

    /** How it is estimated. */
    public enum Method {
        /** Inverse propensity scoring (Horvitz and Thompson 1952): unbiased, much variance. */
        IPS,
        /** Self-normalised IPS (Swaminathan and Joachims 2015, equation 9): a small bias for much less variance. */
        SELF_NORMALISED_IPS,
        /** Doubly robust (Dudík, Langford and Li 2011, equation 1): unbiased whatever the reward model says. */
        DOUBLY_ROBUST
    }

    static ValueEstimate normal(Method method, double value, double variance, double effectiveSampleSize) {
        double half = STANDARD_ERRORS * Math.sqrt(Math.max(0, variance));
        return new ValueEstimate(method, value, value - half, value + half, effectiveSampleSize);
    }
}

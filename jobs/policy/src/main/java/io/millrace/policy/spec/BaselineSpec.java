package io.millrace.policy.spec;

/**
 * What is subtracted from a reward before an estimator sees it.
 *
 * @param emaRate weight α of the newest reward in an exponential moving average, in (0, 1]
 * @param groupSize outputs of one prompt that make a group, at least 2
 * @param normalizeAdvantage whether advantages are divided by the segment's running standard deviation
 */
public record BaselineSpec(Kind kind, double emaRate, int groupSize, boolean normalizeAdvantage) {

    public BaselineSpec {
        EstimatorKeys.EMA_RATE.require(emaRate);
        EstimatorKeys.GROUP_SIZE.require(groupSize);
        if (normalizeAdvantage && (kind.ofGroup() || kind == Kind.CRITIC)) {
            throw PolicySpecException.of(
                    EstimatorKeys.NORMALIZE_ADVANTAGE.path(),
                    "false with this baseline, which knows no segment's deviation",
                    "true and " + EstimatorKeys.BASELINE.path() + " " + EstimatorKeys.BASELINE.write(kind),
                    "choose the baseline none, mean or ema");
        }
    }

    public enum Kind {
        /** Nothing is subtracted. */
        NONE,
        /** The mean of all earlier rewards of the segment. */
        MEAN,
        /**
         * The mean of the segment's rewards with this one among them (Sutton and Barto 2018, section 2.8): the n-th reward then
         * counts (n − 1)/n of what it does with {@link #MEAN}, and the first nothing.
         */
        INCLUSIVE_MEAN,
        /** An exponential moving average of the segment's earlier rewards, for a world that drifts. */
        EMA,
        /** RLOO: the mean reward of the others of the group (Kool, van Hoof and Welling 2019). */
        LEAVE_ONE_OUT,
        /** GRPO: the mean of the group, divided by its standard deviation (Shao et al. 2024). */
        GROUP_NORMALIZED,
        /** Dr. GRPO: the mean of the group, without the bias of the deviation (Liu et al. 2025). */
        GROUP_CENTERED,
        /** The policy's own V(s): nothing is subtracted here, the estimator does it. */
        CRITIC;

        /** Whether rewards are compared with those of the same prompt's other outputs. */
        public boolean ofGroup() {
            return this == LEAVE_ONE_OUT || this == GROUP_NORMALIZED || this == GROUP_CENTERED;
        }
    }
}

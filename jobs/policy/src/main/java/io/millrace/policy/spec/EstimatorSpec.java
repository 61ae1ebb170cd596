package io.millrace.policy.spec;

/**
 * How gradients are estimated.
 *
 * @param emaRate weight α of the newest reward in an exponential moving average, in (0, 1]
 * @param importanceClip bound c of the truncated importance weight min(ρ, c); infinite: untruncated; 0: no weight at all
 * @param entropy coefficient of the entropy bonus, at least 0
 * @param normalizeAdvantage whether advantages are divided by the segment's running standard deviation
 */
public record EstimatorSpec(
        Algorithm algorithm,
        BaselineKind baseline,
        double emaRate,
        double importanceClip,
        double entropy,
        boolean normalizeAdvantage) {

    public EstimatorSpec {
        PolicyKeys.EMA_RATE.require(emaRate);
        PolicyKeys.IMPORTANCE_CLIP.require(importanceClip);
        PolicyKeys.ENTROPY.require(entropy);
    }

    public enum Algorithm {
        /** Williams 1992, with a truncated importance weight. */
        REINFORCE
    }

    public enum BaselineKind {
        /** Nothing is subtracted. */
        NONE,
        /** The mean of all earlier rewards of the segment. */
        MEAN,
        /** An exponential moving average of the segment's earlier rewards, for a world that drifts. */
        EMA
    }
}

package io.millrace.policy.spec;

/**
 * How gradients are estimated.
 *
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

    public enum Algorithm {
        REINFORCE
    }

    public enum BaselineKind {
        NONE,
        MEAN,
        EMA
    }
}

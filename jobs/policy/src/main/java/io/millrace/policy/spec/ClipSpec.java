package io.millrace.policy.spec;

/**
 * How far one batch may change the policy: the ratio r = π/π_p is kept within [1 − low, 1 + high].
 *
 * @param low from 0 to 1
 * @param high at least 0; infinite: no bound
 * @param dual greatest r where the advantage is negative (Ye et al. 2020, equation 5); infinite: no bound
 * @param proximalLag versions that an interpolated proximal policy is behind the current one, at least 1
 */
public record ClipSpec(double low, double high, double dual, Proximal proximal, int proximalLag) {

    public ClipSpec {
        EstimatorKeys.CLIP_LOW.require(low);
        EstimatorKeys.CLIP_HIGH.require(high);
        EstimatorKeys.CLIP_DUAL.require(dual);
        EstimatorKeys.PROXIMAL_LAG.require(proximalLag);
    }

    /** What π_p is. */
    public enum Proximal {
        /** μ itself (Schulman et al. 2017). */
        BEHAVIOUR,
        /** log π_p between log μ and log π, by staleness (A-3PO, Li, Wu and Shen 2025). */
        INTERPOLATED
    }
}

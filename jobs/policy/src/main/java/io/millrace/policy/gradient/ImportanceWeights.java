package io.millrace.policy.gradient;

import io.millrace.policy.spec.ImportanceSpec;
import java.util.Arrays;

/**
 * Weights that make a sample of μ speak for π: ρ = π/μ of a token, of the sequence, or of the sequence by its geometric mean,
 * kept within bounds.
 *
 * <p>ρ alone makes an expectation over μ that over π, with a variance without bound. min(ρ, c) has a variance bounded by c²
 * (Ionides 2008). A mask leaves out what cannot be believed instead of believing some of it (masked importance sampling).
 */
final class ImportanceWeights {

    /** Bound of |log ρ| before it is exponentiated: sums over any batch stay finite, even as floats. */
    private static final double MAX_LOG_RATIO = 60;

    private final ImportanceSpec spec;
    private final double logVeto;

    ImportanceWeights(ImportanceSpec spec) {
        this.spec = spec;
        this.logVeto = Math.log(spec.veto());
    }

    /** ρ, at most e⁶⁰. */
    static double ratio(double logRatio) {
        return Math.exp(Math.min(logRatio, MAX_LOG_RATIO));
    }

    /** Whether a token of the trajectory is so unlikely by now that it is no sample of π at all. */
    boolean vetoes(Rollout rollout) {
        for (int t = 0; t < rollout.length; t++) {
            if (rollout.logRatios[t] < logVeto) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes and counts the weights of a trajectory.
     *
     * @param share of log π − log μ that the weights make up for, from 0 to 1
     */
    void weigh(Rollout rollout, double share) {
        int outside = fill(rollout, share, rollout.importance);
        if (spec.mode() == ImportanceSpec.Mode.MASK) {
            rollout.masked = outside;
        } else {
            rollout.clipped = outside;
        }
    }

    /** Writes the weights; returns how many actions have one that was out of bounds. */
    int fill(Rollout rollout, double share, double[] weights) {
        if (spec.level() != ImportanceSpec.Level.TOKEN) {
            double logRatio = share * sequenceLogRatio(rollout);
            Arrays.fill(weights, 0, rollout.length, weight(logRatio));
            return isOutside(logRatio) ? rollout.length : 0;
        }
        int outside = 0;
        for (int t = 0; t < rollout.length; t++) {
            double logRatio = share * rollout.logRatios[t];
            weights[t] = weight(logRatio);
            outside += isOutside(logRatio) ? 1 : 0;
        }
        return outside;
    }

    private double sequenceLogRatio(Rollout rollout) {
        double sum = rollout.logRatio();
        return spec.level() == ImportanceSpec.Level.SEQUENCE ? sum : sum / Math.max(1, rollout.length);
    }

    /** The weight of a ratio. */
    double weight(double logRatio) {
        if (spec.clip() == 0) {
            return 1;
        }
        if (spec.mode() == ImportanceSpec.Mode.MASK) {
            return isOutside(logRatio) ? 0 : ratio(logRatio);
        }
        return Math.min(ratio(logRatio), spec.clip());
    }

    private boolean isOutside(double logRatio) {
        double ratio = ratio(logRatio);
        return spec.clip() > 0 && (ratio > spec.clip() || ratio < spec.floor());
    }
}

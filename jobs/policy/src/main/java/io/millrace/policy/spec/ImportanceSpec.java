package io.millrace.policy.spec;

/**
 * How trajectories of an older policy μ are weighed for the current one π, ρ = π/μ.
 *
 * @param clip greatest weight; infinite: unbounded; 0: no weight at all
 * @param floor least weight that is not masked
 * @param veto least ρ of a single token; a trajectory with a lesser one counts nothing; 0: none is refused
 */
public record ImportanceSpec(Level level, Mode mode, double clip, double floor, double veto) {

    public ImportanceSpec {
        EstimatorKeys.IMPORTANCE_CLIP.require(clip);
        EstimatorKeys.IMPORTANCE_FLOOR.require(floor);
        EstimatorKeys.IMPORTANCE_VETO.require(veto);
        if (mode == Mode.TRUNCATE && floor > 0) {
            throw PolicySpecException.of(
                    EstimatorKeys.IMPORTANCE_FLOOR.path(),
                    "0 where weights are truncated",
                    Double.toString(floor),
                    "set estimator.importance-mode to mask or remove it");
        }
        if (mode == Mode.MASK && floor >= clip) {
            throw PolicySpecException.of(
                    EstimatorKeys.IMPORTANCE_CLIP.path(),
                    "more than estimator.importance-floor (" + floor + ") where weights are masked",
                    Double.toString(clip),
                    "raise it or lower the floor");
        }
    }

    /** What ρ is a ratio of. */
    public enum Level {
        /** Each action's own ρ_t: little variance, a bias where μ is far. */
        TOKEN,
        /** ρ(τ) = Π ρ_t, the same for all actions: unbiased, much variance. */
        SEQUENCE,
        /** (Π ρ_t)^(1/T), the same for all actions (Zheng et al. 2025, GSPO, equation 7). */
        SEQUENCE_MEAN
    }

    /** What happens to a weight outside its bounds. */
    public enum Mode {
        /** min(ρ, c) (Ionides 2008). */
        TRUNCATE,
        /** ρ within the bounds, 0 outside: what cannot be believed is not learned from. */
        MASK
    }
}

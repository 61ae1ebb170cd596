package io.millrace.policy.spec;

import java.util.Map;

/**
 * How gradients are estimated.
 *
 * @param entropy coefficient of the entropy bonus, at least 0
 * @param lengthNormalization whether a trajectory's gradient is divided by its number of actions
 * @param demonstrations weight of ∇ log π of a demonstrated output, at least 0
 * @param passes over a batch, at least 1
 */
public record EstimatorSpec(
        Algorithm algorithm,
        BaselineSpec baseline,
        ImportanceSpec importance,
        ReturnsSpec returns,
        ClipSpec clip,
        KlSpec kl,
        double entropy,
        boolean lengthNormalization,
        double demonstrations,
        int passes) {

    /** Where the file says nothing. */
    public static final EstimatorSpec DEFAULT = of(Map.of());

    public EstimatorSpec {
        EstimatorKeys.ENTROPY.require(entropy);
        EstimatorKeys.DEMONSTRATIONS.require(demonstrations);
        EstimatorKeys.PASSES.require(passes);
        var rules = new EstimatorRules(algorithm, baseline.kind(), returns.kind());
        rules.check(baseline, importance, clip, passes);
        rules.checkLength(lengthNormalization);
        rules.checkNormalization(returns.normalize());
    }

    /**
     * Reads the section {@code estimator} of a policy's file from plain values.
     *
     * @throws PolicySpecException naming the full key of what is unknown or impossible
     */
    public static EstimatorSpec of(Map<String, Object> section) {
        return EstimatorFile.read(new Section("estimator", section));
    }

    /** Whether only a policy that knows V(s) can be learned with this. */
    public boolean needsValueHead() {
        return baseline.kind() == BaselineSpec.Kind.CRITIC;
    }

    /** The refusal of a kind of policy that knows no V(s), where this needs one. */
    public PolicySpecException missingValueHead(String kind) {
        return PolicySpecException.of(
                EstimatorKeys.BASELINE.path(),
                "a baseline that needs no value head",
                "critic with the kind '" + kind + "', which has none",
                "choose another baseline or a kind with a value head");
    }

    /** Whether only a policy that has a reward model q̂(s, a) can be learned with this. */
    public boolean needsRewardModel() {
        return algorithm == Algorithm.DOUBLY_ROBUST || learnsRewardsAlone();
    }

    /** Whether this learns what to expect and nothing else: only for a policy that chooses by that. */
    public boolean learnsRewardsAlone() {
        return algorithm == Algorithm.REWARD_REGRESSION;
    }

    /** The refusal of a policy that chooses by its reward model and learns otherwise, or the other way round. */
    public PolicySpecException misplacedRewardRegression(String kind) {
        return learnsRewardsAlone()
                ? PolicySpecException.of(
                        EstimatorKeys.ALGORITHM.path(),
                        "an algorithm that learns the policy's own weights",
                        "reward-regression with the kind '" + kind + "', which does not choose by its reward model",
                        "set model.sharpness of the kind 'choice' or choose another algorithm")
                : PolicySpecException.of(
                        EstimatorKeys.ALGORITHM.path(),
                        "reward-regression, since the policy chooses by its reward model",
                        EstimatorKeys.ALGORITHM.write(algorithm).toString(),
                        "choose that algorithm or set model.sharpness to 0");
    }

    /** The refusal of a policy without a reward model, where this needs one. */
    public PolicySpecException missingRewardModel(String kind) {
        return PolicySpecException.of(
                EstimatorKeys.ALGORITHM.path(),
                "an algorithm that needs no reward model",
                EstimatorKeys.ALGORITHM.write(algorithm) + " with the kind '" + kind + "', which has none",
                "set model.reward-model of the kind 'choice' to true or choose another algorithm");
    }

    public enum Algorithm {
        /** Williams 1992, with importance weights. */
        REINFORCE,
        /** Advantages from a learned V(s) (Sutton and Barto 2018, section 13.5; Mnih et al. 2016). */
        ACTOR_CRITIC,
        /** The clipped surrogate (Schulman et al. 2017), decoupled (Hilton et al. 2022). */
        PPO,
        /** The clipped surrogate by sequences (Zheng et al. 2025). */
        GSPO,
        /** Clipped importance weights that leave no token out (MiniMax 2025). */
        CISPO,
        /** A reward model for every action, corrected by what was seen (Dudík, Langford and Li 2011). */
        DOUBLY_ROBUST,
        /** A reward model alone, for a policy that chooses by it. */
        REWARD_REGRESSION
    }
}

package io.millrace.policy.choice;

import io.millrace.policy.spec.ModelSpec;
import io.millrace.policy.spec.PolicySpecException;

/**
 * What a choice is made of.
 *
 * @param hashBits binary logarithm of the number of weights
 * @param identity whether a candidate's id is a feature
 * @param interactions whether shared × candidate features are features
 * @param exploration ε of the uniform mixture, in [0, 1)
 * @param maxCandidates most candidates of a choice
 * @param slateSize most candidates that are chosen
 * @param rewardModel whether θ holds a linear estimate of the reward
 * @param sharpness γ of the softmax of what the reward model expects, at least 0; 0: candidates have weights of their own
 */
record ChoiceModel(
        int hashBits,
        boolean identity,
        boolean interactions,
        double exploration,
        int maxCandidates,
        int slateSize,
        boolean rewardModel,
        double sharpness) {

    ChoiceModel {
        if (sharpness > 0 && !rewardModel) {
            throw PolicySpecException.of(
                    ChoiceKeys.REWARD_MODEL.path(),
                    "true where model.sharpness is greater than 0",
                    "false",
                    "set it to true or leave model.sharpness out");
        }
        ModelSpec.requireSize(
                1L << hashBits, tensors(rewardModel, sharpness), "model.hash-bits and model.reward-model");
    }

    static ChoiceModel of(ModelSpec spec) {
        spec.refuseOthers(ChoiceKeys.ALL);
        return new ChoiceModel(
                spec.get(ChoiceKeys.HASH_BITS),
                spec.get(ChoiceKeys.IDENTITY),
                spec.get(ChoiceKeys.INTERACTIONS),
                spec.get(ChoiceKeys.EXPLORATION),
                spec.get(ChoiceKeys.MAX_CANDIDATES),
                spec.get(ChoiceKeys.SLATE_SIZE),
                spec.get(ChoiceKeys.REWARD_MODEL),
                spec.get(ChoiceKeys.SHARPNESS));
    }

    private static int tensors(boolean rewardModel, double sharpness) {
        return rewardModel && sharpness == 0 ? 2 : 1;
    }

    /** Whether the reward model alone decides; θ then holds no other weights. */
    boolean choosesByReward() {
        return sharpness > 0;
    }

    /**
     * Whether the reward model knows the context by itself. Where it decides it must not: what all candidates have in common
     * would make those that were never tried look as good as those that did well.
     */
    boolean knowsContext() {
        return rewardModel && !choosesByReward();
    }

    /** Where in θ the reward model begins. */
    int rewardTensor() {
        return choosesByReward() ? 0 : weights();
    }

    /** Number of weights of the policy, and of its reward model. */
    int weights() {
        return 1 << hashBits;
    }

    /** Length of the list chosen from {@code eligible} candidates. */
    int places(int eligible) {
        return Math.min(slateSize, eligible);
    }
}

package io.millrace.policy.choice;

import io.millrace.policy.spec.ModelSpec;

/**
 * What a choice is made of.
 *
 * @param hashBits binary logarithm of the number of weights
 * @param identity whether a candidate's id is a feature
 * @param interactions whether shared × candidate features are features
 * @param exploration ε of the uniform mixture, in [0, 1)
 * @param maxCandidates most candidates of a choice
 * @param slateSize most candidates that are chosen
 * @param rewardModel whether θ holds a linear estimate of the reward too
 */
record ChoiceModel(
        int hashBits,
        boolean identity,
        boolean interactions,
        double exploration,
        int maxCandidates,
        int slateSize,
        boolean rewardModel) {

    ChoiceModel {
        ModelSpec.requireSize(1L << hashBits, rewardModel ? 2 : 1, "model.hash-bits and model.reward-model");
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
                spec.get(ChoiceKeys.REWARD_MODEL));
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

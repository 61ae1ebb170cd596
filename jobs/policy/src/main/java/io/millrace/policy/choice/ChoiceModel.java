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
 */
record ChoiceModel(int hashBits, boolean identity, boolean interactions, double exploration, int maxCandidates) {

    static ChoiceModel of(ModelSpec spec) {
        spec.refuseOthers(ChoiceKeys.ALL);
        return new ChoiceModel(
                spec.get(ChoiceKeys.HASH_BITS),
                spec.get(ChoiceKeys.IDENTITY),
                spec.get(ChoiceKeys.INTERACTIONS),
                spec.get(ChoiceKeys.EXPLORATION),
                spec.get(ChoiceKeys.MAX_CANDIDATES));
    }
}

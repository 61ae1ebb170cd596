package io.millrace.policy.choice;

import io.millrace.policy.spec.Key;
import io.millrace.policy.spec.ValueType;
import java.util.List;

/** Keys of the {@code model} section of a choice. */
final class ChoiceKeys {

    static final Key<Integer> HASH_BITS = Key.optional(
            "model.hash-bits", ValueType.integer(1, 26), 18, "Features are hashed to 2^hash-bits weights.");
    static final Key<Boolean> IDENTITY = Key.optional(
            "model.identity",
            ValueType.FLAG,
            true,
            "Whether a candidate's id counts as a feature of value 1, so that candidates without features of their own are"
                    + " told apart.");
    static final Key<Boolean> INTERACTIONS = Key.optional(
            "model.interactions",
            ValueType.FLAG,
            true,
            "Whether every product of a shared and a candidate's feature is a feature too. Without it shared features have"
                    + " no effect.");
    static final Key<Double> EXPLORATION = Key.optional(
            "model.exploration",
            ValueType.fromToBelow(0, 1),
            0.0,
            "Share ε of choices made uniformly at random, at every place of a slate: (1 − ε) softmax + ε uniform.");
    static final Key<Integer> MAX_CANDIDATES =
            Key.optional("model.max-candidates", ValueType.integer(1, 100_000), 1000, "Most candidates of a choice.");

    static final Key<Integer> SLATE_SIZE = Key.optional(
            "model.slate-size",
            ValueType.integer(1, 1000),
            1,
            "Candidates that are chosen, best first: each place by the same softmax over the candidates left"
                    + " (Plackett–Luce). Where fewer are eligible, all of them are put in order.");
    static final Key<Boolean> REWARD_MODEL = Key.optional(
            "model.reward-model",
            ValueType.FLAG,
            false,
            "Whether θ also holds a linear estimate of the reward over the same features, which"
                    + " `estimator.algorithm: doubly-robust` and `reward-regression` need.");

    static final Key<Double> SHARPNESS = Key.optional(
            "model.sharpness",
            ValueType.fromTo(0, 1e6),
            0.0,
            "0: candidates are chosen by weights of their own. γ > 0: by the softmax of γ times what the reward model expects"
                    + " of them, so a reward that is 1/γ greater is e times as likely; θ then is the reward model, which"
                    + " `estimator.algorithm: reward-regression` learns.");

    static final List<Key<?>> ALL = List.of(
            HASH_BITS, IDENTITY, INTERACTIONS, EXPLORATION, MAX_CANDIDATES, SLATE_SIZE, REWARD_MODEL, SHARPNESS);

    private ChoiceKeys() {}
}

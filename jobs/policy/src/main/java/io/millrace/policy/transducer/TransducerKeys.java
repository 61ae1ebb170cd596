package io.millrace.policy.transducer;

import io.millrace.policy.spec.Key;
import io.millrace.policy.spec.ValueType;
import java.util.List;

/** Keys of the {@code model} section of a transducer. */
final class TransducerKeys {

    private static final int MAX_SYMBOLS = 65_536;

    static final Key<List<String>> INPUT = Key.required(
            "model.input", ValueType.distinctStrings(MAX_SYMBOLS), "The input tokens, such as the letters.");
    static final Key<List<String>> EMISSIONS = Key.required(
            "model.emissions",
            ValueType.distinctStrings(MAX_SYMBOLS),
            "What an input token may emit: each a string of output tokens with spaces between; the empty string emits"
                    + " nothing.");
    static final Key<Integer> WINDOW = Key.optional(
            "model.window",
            ValueType.integer(0, 8),
            3,
            "Input tokens to each side of a position that its features look at.");
    static final Key<Integer> HISTORY = Key.optional(
            "model.history", ValueType.integer(0, 4), 1, "Emissions before a position that its features look at.");
    static final Key<Integer> HASH_BITS = Key.optional(
            "model.hash-bits", ValueType.integer(1, 26), 17, "Features are hashed to 2^hash-bits rows of weights.");
    static final Key<Integer> MAX_INPUT =
            Key.optional("model.max-input", ValueType.integer(1, 512), 64, "Most tokens of an input.");

    static final List<Key<?>> ALL = List.of(INPUT, EMISSIONS, WINDOW, HISTORY, HASH_BITS, MAX_INPUT);

    private TransducerKeys() {}
}

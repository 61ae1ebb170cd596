package io.millrace.neural.mlp;

import io.millrace.policy.spec.Key;
import io.millrace.policy.spec.ValueType;
import java.util.List;
import java.util.Optional;

/** Keys of the {@code model} section of an mlp. */
final class MlpKeys {

    private static final int MAX_LAYERS = 16;
    private static final int MAX_WIDTH = 65_536;

    static final Key<Integer> INPUTS =
            Key.required("model.inputs", ValueType.integer(1, MAX_WIDTH), "How many numbers a state has.");
    static final Key<List<String>> ACTIONS =
            Key.required("model.actions", ValueType.distinctStrings(MAX_WIDTH), "The names of the actions.");
    static final Key<List<Integer>> HIDDEN = Key.optional(
            "model.hidden",
            widths(),
            List.of(64, 64),
            "Units of each hidden layer; `[]`: the heads see the state itself.");
    static final Key<Activation> ACTIVATION = Key.optional(
            "model.activation",
            ValueType.oneOf(Activation.class),
            Activation.TANH,
            "What hidden units do to their sums.");
    static final Key<Trunk> TRUNK = Key.optional(
            "model.trunk",
            ValueType.oneOf(Trunk.class),
            Trunk.SEPARATE,
            "Whether the policy and the value head have hidden layers of their own or the same ones.");

    static final List<Key<?>> ALL = List.of(INPUTS, ACTIONS, HIDDEN, ACTIVATION, TRUNK);

    private MlpKeys() {}

    private static ValueType<List<Integer>> widths() {
        ValueType<Integer> width = ValueType.integer(1, MAX_WIDTH);
        return new ValueType<>(
                "a list of at most " + MAX_LAYERS + ", each " + width.expected(),
                value -> value instanceof List<?> list && list.size() <= MAX_LAYERS
                        ? widths(width, list)
                        : Optional.empty(),
                list -> list);
    }

    private static Optional<List<Integer>> widths(ValueType<Integer> width, List<?> list) {
        List<Integer> widths = list.stream()
                .map(value -> width.reader().apply(value))
                .flatMap(Optional::stream)
                .toList();
        return widths.size() == list.size() ? Optional.of(widths) : Optional.empty();
    }
}

package io.millrace.policy.transducer;

import io.millrace.policy.spec.ModelSpec;
import java.util.List;

/**
 * What a transducer is made of.
 *
 * @param input the input vocabulary
 * @param emissions the output tokens of each emission
 * @param window input tokens to each side that features look at
 * @param history earlier emissions that features look at
 * @param hashBits binary logarithm of the number of rows of θ
 * @param maxInput most tokens of an input
 */
record TransducerModel(
        List<String> input, List<List<String>> emissions, int window, int history, int hashBits, int maxInput) {

    static TransducerModel of(ModelSpec spec) {
        spec.refuseOthers(TransducerKeys.ALL);
        List<String> emissions = spec.get(TransducerKeys.EMISSIONS);
        int hashBits = spec.get(TransducerKeys.HASH_BITS);
        ModelSpec.requireSize(1L << hashBits, emissions.size(), "model.hash-bits and model.emissions");
        return new TransducerModel(
                spec.get(TransducerKeys.INPUT),
                emissions.stream().map(TransducerModel::outputTokens).toList(),
                spec.get(TransducerKeys.WINDOW),
                spec.get(TransducerKeys.HISTORY),
                hashBits,
                spec.get(TransducerKeys.MAX_INPUT));
    }

    private static List<String> outputTokens(String emission) {
        return emission.isBlank() ? List.of() : List.of(emission.strip().split("\\s+"));
    }
}

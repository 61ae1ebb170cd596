package io.millrace.policy.transducer;

import io.millrace.policy.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The input tokens and their indices. */
final class Vocabulary {

    private static final int SHOWN = 40;

    private final List<String> tokens;
    private final Map<String, Integer> indices = new HashMap<>();

    Vocabulary(List<String> tokens) {
        this.tokens = tokens;
        for (String token : tokens) {
            indices.put(token, indices.size());
        }
    }

    int[] indices(List<String> input) {
        int[] result = new int[input.size()];
        for (int i = 0; i < result.length; i++) {
            Integer index = indices.get(input.get(i));
            if (index == null) {
                throw new InvalidInputException("tokens[" + i + "]: expected one of the policy's input tokens "
                        + shown() + ", found '" + input.get(i) + "'; leave it out or write it as the policy does");
            }
            result[i] = index;
        }
        return result;
    }

    void requireIndices(int[] input) {
        for (int i = 0; i < input.length; i++) {
            if (input[i] < 0 || input[i] >= tokens.size()) {
                throw new InvalidInputException("tokens[" + i + "]: expected an index of the input vocabulary, 0 to "
                        + (tokens.size() - 1) + ", found " + input[i]);
            }
        }
    }

    private String shown() {
        return tokens.size() <= SHOWN
                ? tokens.toString()
                : tokens.subList(0, SHOWN) + " and " + (tokens.size() - SHOWN) + " more";
    }
}

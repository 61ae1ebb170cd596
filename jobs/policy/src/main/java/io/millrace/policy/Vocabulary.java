package io.millrace.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens of a policy's input or output and their indices. Immutable. */
public final class Vocabulary {

    private static final int SHOWN = 40;

    private final String field;
    private final String role;
    private final List<String> tokens;
    private final Map<String, Integer> indices = new HashMap<>();

    private Vocabulary(String field, String role, List<String> tokens) {
        this.field = field;
        this.role = role;
        this.tokens = tokens;
        for (String token : tokens) {
            indices.put(token, indices.size());
        }
    }

    /** Of inputs, which messages call {@code tokens}. */
    public static Vocabulary ofInputs(List<String> tokens) {
        return new Vocabulary("tokens", "input", tokens);
    }

    /** Of outputs, which messages call {@code output}. */
    public static Vocabulary ofOutputs(List<String> tokens) {
        return new Vocabulary("output", "output", tokens);
    }

    /**
     * The indices of tokens.
     *
     * @throws InvalidInputException when one is none of the vocabulary
     */
    public int[] indices(List<String> input) {
        int[] result = new int[input.size()];
        for (int i = 0; i < result.length; i++) {
            Integer index = indices.get(input.get(i));
            if (index == null) {
                throw new InvalidInputException(field + "[" + i + "]: expected one of the policy's " + role + " tokens "
                        + shown() + ", found '" + input.get(i) + "'; leave it out or write it as the policy does");
            }
            result[i] = index;
        }
        return result;
    }

    /**
     * Checks that all are indices of tokens.
     *
     * @throws InvalidInputException otherwise
     */
    public void requireIndices(int[] input) {
        for (int i = 0; i < input.length; i++) {
            if (input[i] < 0 || input[i] >= tokens.size()) {
                throw new InvalidInputException(field + "[" + i + "]: expected an index of the " + role
                        + " vocabulary, 0 to " + (tokens.size() - 1) + ", found " + input[i]);
            }
        }
    }

    private String shown() {
        return tokens.size() <= SHOWN
                ? tokens.toString()
                : tokens.subList(0, SHOWN) + " and " + (tokens.size() - SHOWN) + " more";
    }
}

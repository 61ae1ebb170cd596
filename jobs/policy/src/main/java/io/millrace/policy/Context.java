package io.millrace.policy;

import java.util.List;

/**
 * What the maths of a policy takes: indices and numbers, no strings on the path of a score.
 *
 * <p>Arrays are shared, not copied; nobody writes to them after construction.
 */
public sealed interface Context {

    /** Indices into the input vocabulary. */
    record Tokens(int[] tokens) implements Context {}

    /** A dense vector. */
    record Dense(float[] values) implements Context {}

    /**
     * Sparse shared features and the candidates' own; names are hashed to 64 bits, see {@link Features}.
     *
     * @param ids identifiers of the candidates, in order
     */
    record Choice(Features shared, List<Features> candidates, List<String> ids) implements Context {
        public Choice {
            if (candidates.size() != ids.size()) {
                throw new InvalidInputException("candidates: expected as many ids as candidates (" + candidates.size()
                        + "), found " + ids.size());
            }
        }
    }
}

package io.millrace.policy;

import java.util.Arrays;
import java.util.List;

/**
 * What the maths of a policy takes: indices and numbers, no strings on the path of a score.
 *
 * <p>Arrays are shared, not copied; nobody writes to them after construction.
 */
public sealed interface Context {

    /** Indices into the input vocabulary. */
    record Tokens(int[] tokens) implements Context {

        /**
         * A context as tokens.
         *
         * @throws InvalidInputException when it is something else
         */
        public static Tokens of(Context context) {
            if (context instanceof Tokens tokens) {
                return tokens;
            }
            throw new InvalidInputException(
                    "context: expected tokens, found " + context.getClass().getSimpleName());
        }
    }

    /** A dense vector. */
    record Dense(float[] values) implements Context {}

    /**
     * Sparse shared features and the candidates' own; names are hashed to 64 bits, see {@link Features}.
     *
     * @param ids identifiers of the candidates, in order
     * @param eligible whether each candidate may be chosen; the others are only known to have been there
     */
    record Choice(Features shared, List<Features> candidates, List<String> ids, boolean[] eligible) implements Context {
        public Choice {
            requireOfEach("ids", candidates, ids.size());
            requireOfEach("marks of eligibility", candidates, eligible.length);
        }

        /** All candidates may be chosen. */
        public Choice(Features shared, List<Features> candidates, List<String> ids) {
            this(shared, candidates, ids, all(candidates.size()));
        }

        /** Number of candidates that may be chosen. */
        public int eligibleCandidates() {
            int count = 0;
            for (boolean one : eligible) {
                count += one ? 1 : 0;
            }
            return count;
        }

        private static void requireOfEach(String what, List<Features> candidates, int found) {
            if (found != candidates.size()) {
                throw new InvalidInputException("candidates: expected as many " + what + " as candidates ("
                        + candidates.size() + "), found " + found);
            }
        }

        private static boolean[] all(int count) {
            boolean[] eligible = new boolean[count];
            Arrays.fill(eligible, true);
            return eligible;
        }
    }
}

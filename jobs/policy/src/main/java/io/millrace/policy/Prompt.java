package io.millrace.policy;

import java.util.List;
import java.util.Map;

/** What an application asks a policy to generate from, in the application's own terms. */
public sealed interface Prompt {

    /** A sequence of tokens of the policy's input vocabulary. */
    record Tokens(List<String> tokens) implements Prompt {
        public Tokens {
            tokens = List.copyOf(tokens);
        }

        /**
         * A prompt as tokens.
         *
         * @throws InvalidInputException when it is something else
         */
        public static Tokens of(Prompt prompt) {
            if (prompt instanceof Tokens tokens) {
                return tokens;
            }
            throw new InvalidInputException("prompt: expected tokens, found "
                    + prompt.getClass().getSimpleName() + "; give the policy a list of input tokens");
        }
    }

    /** A dense vector. */
    record Dense(float[] values) implements Prompt {}

    /** Candidates to choose from, under shared features. */
    record Choice(Map<String, Float> features, List<Option> options) implements Prompt {
        public Choice {
            features = Map.copyOf(features);
            options = List.copyOf(options);
        }
    }

    /** Whether a candidate may be chosen. */
    enum Eligibility {
        ELIGIBLE,
        /** There, but not to be chosen this time, such as an article that is sold out: its probability is 0. */
        EXCLUDED
    }

    /** One candidate: its identifier, its own features, and whether it may be chosen. */
    record Option(String id, Map<String, Float> features, Eligibility eligibility) {
        public Option {
            features = Map.copyOf(features);
        }

        /** A candidate that may be chosen. */
        public Option(String id, Map<String, Float> features) {
            this(id, features, Eligibility.ELIGIBLE);
        }

        public boolean eligible() {
            return eligibility == Eligibility.ELIGIBLE;
        }
    }
}

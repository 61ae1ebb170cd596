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

    /** One candidate: its identifier and its own features. */
    record Option(String id, Map<String, Float> features) {
        public Option {
            features = Map.copyOf(features);
        }
    }
}

package io.millrace.simulator.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a user asks with: all that the service is told. */
public sealed interface Situation {

    /** The baseline's key: situations of one segment have rewards alike. */
    Optional<String> segment();

    /** A sequence to be answered with a sequence. */
    record Sequence(List<String> tokens, Optional<String> segment) implements Situation {
        public Sequence {
            tokens = List.copyOf(tokens);
        }
    }

    /** Candidates to choose from, and what is known about the one who asks. */
    record Choice(Map<String, Float> features, List<Candidate> candidates, Optional<String> segment)
            implements Situation {
        public Choice {
            features = Map.copyOf(features);
            candidates = List.copyOf(candidates);
        }
    }

    /** One of the things to choose from. */
    record Candidate(String id, Map<String, Float> features) {
        public Candidate {
            features = Map.copyOf(features);
        }
    }
}

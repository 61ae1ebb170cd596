package io.millrace.policy;

import java.util.List;

/** The decisions of one generation, in order of their steps; at least one. */
public record Trajectory(List<Decision> decisions) {

    public Trajectory {
        decisions = List.copyOf(decisions);
        if (decisions.isEmpty()) {
            throw new InvalidInputException("trajectory: expected at least one decision, found none");
        }
    }

    public static Trajectory of(Decision decision) {
        return new Trajectory(List.of(decision));
    }
}

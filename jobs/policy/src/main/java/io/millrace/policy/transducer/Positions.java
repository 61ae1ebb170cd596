package io.millrace.policy.transducer;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;

/** Scratch space of a forward pass, one slot a position; grows to the longest trajectory and stays. */
final class Positions {

    /** Rows of the features [positions × features]. */
    int[] rows = new int[0];
    /** p of every emission [positions × emissions]. */
    float[] probabilities = new float[0];
    /** log p of every emission [positions × emissions]. */
    float[] allLogProbs = new float[0];
    /** What was or is being emitted. */
    int[] actions = new int[0];

    final ActionScores scores = new ActionScores();
    final ActionWeights weights = new ActionWeights();

    /** Makes room for {@code positions}; what was written before may be lost. */
    void reserve(int positions, int features, int emissions) {
        if (actions.length < positions) {
            int room = Math.max(positions, 2 * actions.length);
            rows = new int[room * features];
            probabilities = new float[room * emissions];
            allLogProbs = new float[room * emissions];
            actions = new int[room];
        }
    }
}

package io.millrace.policy.choice;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;

/** Scratch space of a forward pass over the choices of a trajectory; grows to the longest and stays. */
final class Choices {

    /** Softmax probability of every candidate of every choice, one choice after another. */
    float[] probabilities = new float[0];
    /** Logits of one choice, then slopes with respect to them. */
    float[] logits = new float[0];

    /** First candidate of each choice. */
    int[] firsts = new int[0];
    /** Number of candidates of each choice. */
    int[] counts = new int[0];
    /** Candidate chosen, within its choice. */
    int[] actions = new int[0];

    final ActionScores scores = new ActionScores();
    final ActionWeights weights = new ActionWeights();

    /** Makes room; what was written before may be lost. */
    void reserve(int choices, int candidates) {
        if (actions.length < choices) {
            int room = Math.max(choices, 2 * actions.length);
            firsts = new int[room];
            counts = new int[room];
            actions = new int[room];
        }
        if (probabilities.length < candidates) {
            int room = Math.max(candidates, 2 * probabilities.length);
            probabilities = new float[room];
            logits = new float[room];
        }
    }
}

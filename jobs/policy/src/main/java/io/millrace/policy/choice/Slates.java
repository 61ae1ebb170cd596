package io.millrace.policy.choice;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;

/**
 * Scratch space of a forward pass over the lists of a trajectory; grows to the longest and stays.
 *
 * <p>A <em>place</em> is one action: a place of a list. Its <em>block</em> is the part [first, first + count) of
 * {@link #left} and {@link #probabilities}, with one element for each candidate that was left to choose from.
 */
final class Slates {

    /** What the candidates' terms add up to, of all choices one after another. */
    float[] logits = new float[0];
    /** What the reward model expects of each candidate, like {@link #logits}. */
    float[] expected = new float[0];
    /** Slopes with respect to the logits of one choice, then to what the reward model expects of its candidates. */
    float[] slopes = new float[0];

    float[] expectedSlopes = new float[0];

    /** One block: logits, then slopes, of those left. */
    float[] ofBlock = new float[0];
    /** One block of what the reward model expects. */
    float[] expectedOfBlock = new float[0];

    /** Index of each candidate left, within its choice, in ascending order. */
    int[] left = new int[0];
    /** Softmax probability of each candidate left. */
    float[] probabilities = new float[0];

    /** First element of each place's block. */
    int[] firsts = new int[0];
    /** Length of each place's block. */
    int[] counts = new int[0];
    /** Where in its block the candidate chosen is. */
    int[] chosen = new int[0];

    final ActionScores scores = new ActionScores();
    final ActionWeights weights = new ActionWeights();

    /** Makes room; what was written before may be lost. */
    void reserve(int candidates, int places, int elements) {
        if (logits.length < candidates) {
            int room = Math.max(candidates, 2 * logits.length);
            logits = new float[room];
            expected = new float[room];
            slopes = new float[room];
            expectedSlopes = new float[room];
            ofBlock = new float[room];
            expectedOfBlock = new float[room];
        }
        if (firsts.length < places) {
            int room = Math.max(places, 2 * firsts.length);
            firsts = new int[room];
            counts = new int[room];
            chosen = new int[room];
        }
        if (left.length < elements) {
            int room = Math.max(elements, 2 * left.length);
            left = new int[room];
            probabilities = new float[room];
        }
    }
}

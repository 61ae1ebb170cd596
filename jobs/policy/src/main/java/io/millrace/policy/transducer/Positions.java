package io.millrace.policy.transducer;

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

    float[] logProbs = new float[0];
    /** Entropy of each position's distribution; nats. */
    float[] entropies = new float[0];
    /** Weight of ∇ log π of each position's action. */
    float[] weights = new float[0];

    /** Makes room for {@code positions}; what was written before may be lost. */
    void reserve(int positions, int features, int emissions) {
        if (actions.length < positions) {
            int room = Math.max(positions, 2 * actions.length);
            rows = new int[room * features];
            probabilities = new float[room * emissions];
            allLogProbs = new float[room * emissions];
            actions = new int[room];
            logProbs = new float[room];
            entropies = new float[room];
            weights = new float[room];
        }
    }
}

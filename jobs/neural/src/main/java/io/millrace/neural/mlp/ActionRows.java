package io.millrace.neural.mlp;

import io.millrace.policy.ActionScores;
import io.millrace.policy.softmax.Softmax;

/** Distributions over the actions, one a row; reused. */
final class ActionRows {

    private final int actions;
    private final float[] row;
    private float[] probabilities = new float[0];
    private float[] logProbs = new float[0];
    private float[] entropies = new float[0];

    ActionRows(int actions) {
        this.actions = actions;
        this.row = new float[actions];
    }

    /** From logits [rows × actions]. */
    void softmax(float[] logits, int rows) {
        probabilities = HiddenLayers.room(probabilities, rows * actions);
        logProbs = HiddenLayers.room(logProbs, rows * actions);
        entropies = HiddenLayers.room(entropies, rows);
        for (int i = 0; i < rows; i++) {
            int at = i * actions;
            System.arraycopy(logits, at, row, 0, actions);
            float z = Softmax.exponentials(row, actions, probabilities, at);
            entropies[i] = (float) Softmax.entropy(row, actions, probabilities, at, z);
            Softmax.logProbs(row, actions, z, logProbs, at);
            Softmax.normalize(probabilities, at, actions, z);
        }
    }

    void score(int i, int action, int index, ActionScores out) {
        out.set(index, Math.min(0f, logProbs[i * actions + action]), entropies[i]);
    }

    /** Writes w (1[j = a] − p_j) − β p_j (log p_j + H): the slope of w log π(a) + β H with respect to logit j. */
    void slope(int i, int action, float weight, float entropyBonus, float[] slopes) {
        int at = i * actions;
        for (int j = 0; j < actions; j++) {
            row[j] = -weight * probabilities[at + j];
        }
        row[action] += weight;
        if (entropyBonus != 0) {
            Softmax.addEntropySlope(probabilities, logProbs, at, actions, entropies[i], entropyBonus, row);
        }
        System.arraycopy(row, 0, slopes, at, actions);
    }
}

package io.millrace.neural.seq2seq;

import io.millrace.policy.ActionScores;
import io.millrace.policy.softmax.Softmax;

/** From the decoder's outputs of a block to scores of the actions, and from weights of the actions to slopes of the outputs. */
final class Heads {

    private final int actions;
    private final int columns;
    private final float[] logits;
    private final Scratch probabilities = new Scratch();
    private final Scratch logProbs = new Scratch();
    private final Scratch entropies = new Scratch();
    private final Scratch slopes = new Scratch();

    Heads(int actions) {
        this.actions = actions;
        this.columns = actions + 1;
        this.logits = new float[actions];
    }

    /** Takes the outputs [rows × columns] of a block. */
    void read(float[] outputs, int rows) {
        float[] p = probabilities.of(rows * actions);
        float[] logP = logProbs.of(rows * actions);
        float[] entropy = entropies.of(rows);
        for (int row = 0; row < rows; row++) {
            int at = row * actions;
            System.arraycopy(outputs, row * columns, logits, 0, actions);
            float z = Softmax.exponentials(logits, actions, p, at);
            entropy[row] = (float) Softmax.entropy(logits, actions, p, at, z);
            Softmax.normalize(p, at, actions, z);
            Softmax.logProbs(logits, actions, z, logP, at);
        }
        slopes.of(rows * columns);
    }

    /** Writes the score of the action of one row. */
    void score(float[] outputs, int row, int action, ActionScores scores, int to) {
        scores.set(
                to,
                Math.min(0, logProbs.values()[row * actions + action]),
                entropies.values()[row]);
        scores.setValue(to, outputs[row * columns + actions]);
    }

    /** Slope of w log π(action) + β H + u V with respect to the outputs of one row; see {@link #slopes}. */
    void weigh(int row, int action, float policy, float value, float bonus) {
        float[] slope = slopes.values();
        float[] p = probabilities.values();
        int at = row * actions;
        int to = row * columns;
        for (int j = 0; j < actions; j++) {
            slope[to + j] = -policy * p[at + j];
        }
        slope[to + action] += policy;
        slope[to + actions] = value;
        if (bonus != 0) {
            float[] logP = logProbs.values();
            float entropy = entropies.values()[row];
            for (int j = 0; j < actions; j++) {
                slope[to + j] -= bonus * p[at + j] * (logP[at + j] + entropy);
            }
        }
    }

    /** Slopes of the block's outputs [rows × columns], once every row was weighed. */
    float[] slopes() {
        return slopes.values();
    }
}

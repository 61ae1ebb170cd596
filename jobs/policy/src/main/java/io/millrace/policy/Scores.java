package io.millrace.policy;

import java.util.Arrays;

/** A reusable buffer that {@link Policy#score} writes to, in the order of the batch's trajectories, decisions, actions. */
public final class Scores {

    private float[] logProbs = new float[64];
    private int length;
    private double entropy;

    public void clear() {
        length = 0;
        entropy = 0;
    }

    public void append(float logProb, double actionEntropy) {
        if (length == logProbs.length) {
            logProbs = Arrays.copyOf(logProbs, 2 * length);
        }
        logProbs[length++] = logProb;
        entropy += actionEntropy;
    }

    /** Number of actions scored. */
    public int length() {
        return length;
    }

    public float logProb(int index) {
        return logProbs[index];
    }

    /** Sum of the entropies of all actions; nats. */
    public double entropy() {
        return entropy;
    }
}

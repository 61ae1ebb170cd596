package io.millrace.policy;

import java.util.Arrays;

/** A reusable buffer that {@link Policy#generate} writes an output to. */
public final class Generated {

    private int[] actions = new int[32];
    private float[] logProbs = new float[32];
    private int length;
    private double entropy;

    /** Forgets the last output. */
    public void clear() {
        length = 0;
        entropy = 0;
    }

    public void append(int action, float logProb) {
        if (length == actions.length) {
            actions = Arrays.copyOf(actions, 2 * length);
            logProbs = Arrays.copyOf(logProbs, 2 * length);
        }
        actions[length] = action;
        logProbs[length++] = logProb;
    }

    public void addEntropy(double nats) {
        entropy += nats;
    }

    public int length() {
        return length;
    }

    public int action(int index) {
        return actions[index];
    }

    public float logProb(int index) {
        return logProbs[index];
    }

    /** log π of the whole output. */
    public double logProb() {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += logProbs[i];
        }
        return sum;
    }

    /** Sum over the actions of the entropy of the distribution that each was sampled from; nats. */
    public double entropy() {
        return entropy;
    }

    /** A copy, trimmed to the output's length. */
    public int[] copyActions() {
        return Arrays.copyOf(actions, length);
    }

    /** A copy, trimmed to the output's length. */
    public float[] copyLogProbs() {
        return Arrays.copyOf(logProbs, length);
    }
}

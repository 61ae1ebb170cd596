package io.millrace.policy;

import java.util.Arrays;

/** A reusable buffer that {@link Policy#score} writes to, in the order of the batch's trajectories, decisions, actions. */
public final class Scores {

    private float[] logProbs = new float[64];
    private float[] values = new float[64];
    private float[] finalValues = new float[64];
    private int length;
    private int trajectories;
    private double entropy;

    public void clear() {
        length = 0;
        trajectories = 0;
        entropy = 0;
    }

    /** Appends all actions of a trajectory. */
    public void append(ActionScores trajectory) {
        if (trajectories == finalValues.length) {
            finalValues = Arrays.copyOf(finalValues, 2 * trajectories);
        }
        finalValues[trajectories++] = trajectory.finalValue();
        for (int i = 0; i < trajectory.length(); i++) {
            if (length == logProbs.length) {
                logProbs = Arrays.copyOf(logProbs, 2 * length);
                values = Arrays.copyOf(values, 2 * length);
            }
            logProbs[length] = trajectory.logProb(i);
            values[length++] = trajectory.value(i);
            entropy += trajectory.entropy(i);
        }
    }

    /** Number of actions scored. */
    public int length() {
        return length;
    }

    public float logProb(int index) {
        return logProbs[index];
    }

    /** V_θ of the state in which the action was taken; 0 without a value head. */
    public float value(int index) {
        return values[index];
    }

    /** V_θ of the state in which the trajectory was cut off; 0 of one that ended, and without a value head. */
    public float finalValue(int trajectory) {
        return finalValues[trajectory];
    }

    /** Sum of the entropies of all actions; nats. */
    public double entropy() {
        return entropy;
    }
}

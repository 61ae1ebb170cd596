package io.millrace.policy;

import java.util.Arrays;

/** A reusable buffer that {@link Policy#score} writes to, in the order of the batch's trajectories, decisions, actions. */
public final class Scores {

    private float[] logProbs = new float[64];
    private float[] values = new float[64];
    private float[] actionValues = new float[64];
    private float[] expectedValues = new float[64];
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
                grow(2 * length);
            }
            logProbs[length] = trajectory.logProb(i);
            actionValues[length] = trajectory.actionValue(i);
            expectedValues[length] = trajectory.expectedActionValue(i);
            values[length++] = trajectory.value(i);
            entropy += trajectory.entropy(i);
        }
    }

    private void grow(int room) {
        logProbs = Arrays.copyOf(logProbs, room);
        values = Arrays.copyOf(values, room);
        actionValues = Arrays.copyOf(actionValues, room);
        expectedValues = Arrays.copyOf(expectedValues, room);
    }

    /** Becomes a copy of another buffer. */
    void copy(Scores other) {
        if (logProbs.length < other.length) {
            grow(other.logProbs.length);
        }
        System.arraycopy(other.logProbs, 0, logProbs, 0, other.length);
        System.arraycopy(other.values, 0, values, 0, other.length);
        System.arraycopy(other.actionValues, 0, actionValues, 0, other.length);
        System.arraycopy(other.expectedValues, 0, expectedValues, 0, other.length);
        if (finalValues.length < other.trajectories) {
            finalValues = new float[other.finalValues.length];
        }
        System.arraycopy(other.finalValues, 0, finalValues, 0, other.trajectories);
        length = other.length;
        trajectories = other.trajectories;
        entropy = other.entropy;
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

    /** q̂(s, a) of the action taken; 0 without a reward model. */
    public float actionValue(int index) {
        return actionValues[index];
    }

    /** Σ_a π_θ(a | s) q̂(s, a); 0 without a reward model. */
    public float expectedActionValue(int index) {
        return expectedValues[index];
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

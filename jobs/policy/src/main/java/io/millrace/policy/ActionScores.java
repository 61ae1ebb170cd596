package io.millrace.policy;

/**
 * What a forward pass says of a trajectory's actions, over all its decisions in order. Reusable: the policy owns and fills
 * it, a {@link Weighting} reads it.
 *
 * <p>Every action is a time step t: each token of a sequence, or the one action of a choice.
 */
public final class ActionScores {

    private float[] logProbs = new float[0];
    private float[] entropies = new float[0];
    private float[] values = new float[0];
    private float[] actionValues = new float[0];
    private float[] expectedValues = new float[0];
    private int length;

    /** Makes room for {@code actions} and forgets what was written; values are 0. */
    public void reset(int actions) {
        if (logProbs.length < actions) {
            int room = Math.max(actions, 2 * logProbs.length);
            logProbs = new float[room];
            entropies = new float[room];
            values = new float[room];
            actionValues = new float[room];
            expectedValues = new float[room];
        }
        length = actions;
    }

    /** Number of actions. */
    public int length() {
        return length;
    }

    public void set(int action, float logProb, float entropy) {
        logProbs[action] = logProb;
        entropies[action] = entropy;
    }

    /** A policy with a value head says V(s_t) too. */
    public void setValue(int action, float value) {
        values[action] = value;
    }

    /**
     * A policy with a reward model says q̂ too.
     *
     * @param taken q̂(s_t, a_t) of the action taken
     * @param expected Σ_a π_θ(a | s_t) q̂(s_t, a)
     */
    public void setActionValue(int action, float taken, float expected) {
        actionValues[action] = taken;
        expectedValues[action] = expected;
    }

    /** log π_θ(a_t | s_t). */
    public float logProb(int action) {
        return logProbs[action];
    }

    /** H(π_θ(· | s_t)); nats. */
    public float entropy(int action) {
        return entropies[action];
    }

    /** V_θ(s_t), of the state in which the action was taken; 0 without a value head. */
    public float value(int action) {
        return values[action];
    }

    /** q̂(s_t, a_t), what the reward model expects of the action taken; 0 without a reward model. */
    public float actionValue(int action) {
        return actionValues[action];
    }

    /** Σ_a π_θ(a | s_t) q̂(s_t, a), what the reward model expects of the policy; 0 without a reward model. */
    public float expectedActionValue(int action) {
        return expectedValues[action];
    }
}

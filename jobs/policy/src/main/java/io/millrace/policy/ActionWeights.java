package io.millrace.policy;

import java.util.Arrays;

/** How much each action of a trajectory counts in a gradient. Reusable: a {@link Weighting} fills it, the policy reads it. */
public final class ActionWeights {

    private float[] policy = new float[0];
    private float[] value = new float[0];
    private float[] direct = new float[0];
    private float[] actionValue = new float[0];
    private int length;

    /** Makes room for {@code actions}, with weights of 0. */
    public void reset(int actions) {
        if (policy.length < actions) {
            int room = Math.max(actions, 2 * policy.length);
            policy = new float[room];
            value = new float[room];
            direct = new float[room];
            actionValue = new float[room];
        } else {
            Arrays.fill(policy, 0, actions, 0f);
            Arrays.fill(value, 0, actions, 0f);
            Arrays.fill(direct, 0, actions, 0f);
            Arrays.fill(actionValue, 0, actions, 0f);
        }
        length = actions;
    }

    /** Number of actions. */
    public int length() {
        return length;
    }

    /** Weight w_t of ∇ log π_θ(a_t | s_t). */
    public void setPolicy(int action, float weight) {
        policy[action] = weight;
    }

    /** Weight u_t of ∇ V_θ(s_t); a policy without a value head ignores it. */
    public void setValue(int action, float weight) {
        value[action] = weight;
    }

    /** Weight d_t of Σ_a ∇π_θ(a | s_t) q̂(s_t, a); a policy without a reward model ignores it. */
    public void setDirect(int action, float weight) {
        direct[action] = weight;
    }

    /** Weight v_t of ∇q̂_θ(s_t, a_t); a policy without a reward model ignores it. */
    public void setActionValue(int action, float weight) {
        actionValue[action] = weight;
    }

    public float policy(int action) {
        return policy[action];
    }

    public float value(int action) {
        return value[action];
    }

    public float direct(int action) {
        return direct[action];
    }

    public float actionValue(int action) {
        return actionValue[action];
    }
}

package io.millrace.policy;

/**
 * Weighs the actions of a trajectory, once it is known what the current parameters say of them. With this one callback
 * between forward and backward pass every estimator is a weighting: no second forward pass, no estimator inside a policy.
 */
public interface Weighting {

    /**
     * Writes the weights of ∇ log π and of ∇V of every action of a trajectory.
     *
     * @param trajectory index in the batch
     * @param scores of the trajectory's actions, over all its decisions in order
     * @param weights written; as long as {@code scores}, all 0 at first
     */
    void weigh(int trajectory, ActionScores scores, ActionWeights weights);

    /**
     * Coefficient of the entropy bonus on every action, at least 0; 0 lets a policy skip its gradient. Asked once after each
     * {@link #weigh}, of the same trajectory.
     */
    double entropyBonus(int trajectory);
}

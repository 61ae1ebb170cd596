package io.millrace.policy;

/** Weighs the actions of a trajectory, once their log-probabilities under the current parameters are known. */
public interface Weighting {

    /**
     * Writes the weight of ∇ log π of every action of a trajectory.
     *
     * @param trajectory index in the batch
     * @param logProbs log π_θ of each action of the trajectory, over all its decisions in order
     * @param entropies entropy of the distribution of each action; nats
     * @param length number of actions
     * @param weights written: weight of each action
     */
    void weigh(int trajectory, float[] logProbs, float[] entropies, int length, float[] weights);

    /** Coefficient of the entropy bonus on every action, at least 0; 0 lets a policy skip its gradient. */
    double entropyBonus(int trajectory);
}

package io.millrace.bench;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Weighting;

/**
 * Weighs every action of a trajectory by its advantage: plain REINFORCE, and with an advantage of 1 the likelihood of
 * demonstrations.
 */
record ByAdvantage(Batch batch, double entropyBonus) implements Weighting {

    @Override
    public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
        for (int i = 0; i < scores.length(); i++) {
            weights.setPolicy(i, (float) batch.advantage(trajectory));
        }
    }

    @Override
    public double entropyBonus(int trajectory) {
        return entropyBonus;
    }
}

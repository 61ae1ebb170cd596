package io.millrace.policy.choice;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Weighting;

/** Weightings for tests. */
final class Weighings {

    private Weighings() {}

    /** Weighs every action 1 in every respect. */
    static Weighting ofOne(double entropyBonus) {
        return new Weighting() {
            @Override
            public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
                for (int i = 0; i < scores.length(); i++) {
                    weights.setPolicy(i, 1f);
                    weights.setDirect(i, 1f);
                    weights.setActionValue(i, 1f);
                }
            }

            @Override
            public double entropyBonus(int trajectory) {
                return entropyBonus;
            }
        };
    }
}

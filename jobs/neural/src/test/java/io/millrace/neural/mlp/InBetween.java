package io.millrace.neural.mlp;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Weighting;

/** Does something else between a policy's forward and backward pass. */
record InBetween(Weighting weighting, Runnable work) implements Weighting {

    /** Weights of 0. */
    static final Weighting NOTHING = new Weighting() {
        @Override
        public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
            // They are 0 already.
        }

        @Override
        public double entropyBonus(int trajectory) {
            return 0;
        }
    };

    @Override
    public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
        work.run();
        weighting.weigh(trajectory, scores, weights);
    }

    @Override
    public double entropyBonus(int trajectory) {
        return weighting.entropyBonus(trajectory);
    }
}

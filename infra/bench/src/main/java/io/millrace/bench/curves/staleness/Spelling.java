package io.millrace.bench.curves.staleness;

import io.millrace.bench.learner.MemoryLearner;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.gradient.RunningAverage;
import io.millrace.policy.spec.BaselineSpec;
import java.util.SplittableRandom;

/** One cipher, learned from scratch by rewards: words drawn, spellings judged, a version for each batch of them. */
final class Spelling {

    /** Words that show how far learning has come. */
    private static final int SHOWN = 200;

    private final MemoryLearner learner;
    private final BaselineSpec baseline;
    private final SplittableRandom random;
    private final Cipher cipher;
    private final Batch examples = new Batch();
    private final Scores scores = new Scores();
    private final Batch batch = new Batch();
    private RunningAverage average = RunningAverage.EMPTY;

    /** @param seed of the cipher and of everything drawn */
    Spelling(MemoryLearner learner, long seed) {
        this.learner = learner;
        this.baseline = learner.definition().estimator().baseline();
        this.random = new SplittableRandom(seed);
        this.cipher = new Cipher(random);
        for (int i = 0; i < SHOWN; i++) {
            int[] word = Cipher.word(random);
            examples.add(
                    Trajectory.of(new Decision(encode(word), cipher.spelling(word), new float[Cipher.WORD_LENGTH])), 0);
        }
    }

    /** Who spells, and how many versions behind the learner they are. */
    interface Speller {

        Decision spell(Context context, SplittableRandom random);
    }

    /** Has a batch of words spelled, judges the spellings, and learns from them. */
    void learn(Speller speller, long staleness) {
        batch.clear();
        for (int i = 0; i < Objective.BATCH; i++) {
            int[] word = Cipher.word(random);
            Decision decision = speller.spell(encode(word), random);
            double reward = cipher.reward(word, decision.actions());
            batch.add(Trajectory.of(decision), reward - average.mean(), staleness);
            average = average.plus(reward, baseline);
        }
        learner.learn(batch);
    }

    /** Expected reward of π_θ over the words shown: exact, since a sign depends on no other. */
    double value() {
        scores.clear();
        learner.policy().score(learner.theta(), examples, scores);
        double sum = 0;
        for (int i = 0; i < scores.length(); i++) {
            sum += Math.exp(scores.logProb(i));
        }
        return sum / scores.length();
    }

    private Context encode(int[] word) {
        Policy policy = learner.policy();
        return policy.encode(new Prompt.Tokens(Cipher.tokens(word)));
    }
}

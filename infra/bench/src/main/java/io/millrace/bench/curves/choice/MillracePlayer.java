package io.millrace.bench.curves.choice;

import io.millrace.bench.learner.MemoryLearner;
import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.Trajectory;
import io.millrace.policy.gradient.RunningAverage;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A choice policy that takes a step after every reward, in memory. */
final class MillracePlayer implements Player {

    private final MemoryLearner learner;
    private final Batch batch = new Batch();
    private final SplittableRandom random;
    private RunningAverage average = RunningAverage.EMPTY;
    private @Nullable Decision decision;

    MillracePlayer(PolicyDefinition definition, long seed) {
        this.learner = new MemoryLearner(definition);
        this.random = new SplittableRandom(seed);
    }

    @Override
    public int choose(Round round) {
        Decision chosen = learner.decide(learner.policy().encode(round.prompt()), random);
        decision = chosen;
        return chosen.actions()[0];
    }

    @Override
    public void learn(double reward) {
        Decision chosen = decision;
        if (chosen == null) {
            throw new IllegalStateException("reward: expected a choice before it, found none");
        }
        batch.add(Trajectory.of(chosen), reward - average.mean());
        average = average.plus(reward, learner.definition().estimator().baseline());
        learner.learn(batch);
        batch.clear();
    }
}

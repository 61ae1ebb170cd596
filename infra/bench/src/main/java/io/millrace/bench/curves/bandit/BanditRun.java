package io.millrace.bench.curves.bandit;

import io.millrace.bench.learner.MemoryLearner;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Prompt;
import io.millrace.policy.Trajectory;
import io.millrace.policy.gradient.RunningAverage;
import io.millrace.policy.spec.BaselineSpec;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One bandit, learned from scratch, an action at a time. */
final class BanditRun {

    private final MemoryLearner learner;
    private final Context arms;
    private final SplittableRandom random;
    private final TenArms bandit;
    private final BaselineSpec baseline;
    private final Batch batch = new Batch();
    private RunningAverage average = RunningAverage.EMPTY;

    /** @param seed of the bandit and of everything drawn */
    BanditRun(Variant variant, long seed) {
        this.learner = new MemoryLearner(variant.definition());
        this.baseline = learner.definition().estimator().baseline();
        this.random = new SplittableRandom(seed);
        this.bandit = new TenArms(random);
        List<Prompt.Option> options = IntStream.range(0, TenArms.ARMS)
                .mapToObj(arm -> new Prompt.Option("arm-" + arm, Map.of()))
                .toList();
        this.arms = learner.policy().encode(new Prompt.Choice(Map.of(), options));
    }

    /** Acts, is rewarded, learns; whether the action was the best there is. */
    boolean step() {
        Decision decision = learner.decide(arms, random);
        int arm = decision.actions()[0];
        double reward = bandit.pull(arm);
        batch.clear();
        batch.add(Trajectory.of(decision), reward - average.baselineOf(reward, baseline));
        average = average.plus(reward, baseline);
        learner.learn(batch);
        return bandit.isBest(arm);
    }
}

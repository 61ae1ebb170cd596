package io.millrace.bench.curves.staleness;

import io.millrace.bench.learner.MemoryLearner;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.Sampling;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/** Learns in memory from what the parameters of some versions ago generate. */
final class LaggedRun {

    private final MemoryLearner learner;
    private final Spelling spelling;
    private final Lag lag;
    private final Deque<Parameters> history = new ArrayDeque<>();
    private final Generated generated = new Generated();
    private long version;

    LaggedRun(PolicyDefinition definition, Lag lag, long seed) {
        this.learner = new MemoryLearner(definition);
        this.spelling = new Spelling(learner, seed);
        this.lag = lag;
        remember();
    }

    /** Learns one more version. */
    void step() {
        spelling.learn(this::spell, version - lag.behaviour(version));
        version++;
        remember();
    }

    /** Keeps the newest version, and none that is older than what generates now. */
    private void remember() {
        history.addLast(new Parameters(learner.theta().values().clone(), 1, version));
        while (history.getFirst().version() < lag.behaviour(version)) {
            history.removeFirst();
        }
    }

    private Decision spell(Context context, SplittableRandom random) {
        generated.clear();
        learner.policy().generate(history.getFirst(), context, Sampling.AS_LEARNED, random, generated);
        return new Decision(context, generated.copyActions(), generated.copyLogProbs());
    }

    /** Expected reward of the newest version. */
    double value() {
        return spelling.value();
    }

    /** The newest version. */
    Parameters theta() {
        return learner.theta();
    }
}

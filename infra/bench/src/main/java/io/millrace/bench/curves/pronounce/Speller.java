package io.millrace.bench.curves.pronounce;

import io.millrace.bench.learner.MemoryLearner;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Trajectory.Origin;
import io.millrace.policy.gradient.GroupBaselines;
import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld;
import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import io.millrace.simulator.world.Encounter;
import io.millrace.simulator.world.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Learns to pronounce in memory: from demonstrations, and from listeners' scores with leave-one-out baselines over groups of
 * outputs of one word (Kool, van Hoof and Welling 2019, equation 8). One thread.
 */
final class Speller {

    private final PronounceWorld world;
    private final SplittableRandom random;
    private final Generated generated = new Generated();
    private MemoryLearner learner;
    private long demonstrated;

    Speller(PolicyDefinition definition, PronounceWorld world) {
        this.world = world;
        this.learner = new MemoryLearner(definition);
        this.random = new SplittableRandom(definition.seed());
    }

    /** Number of parameters. */
    int parameters() {
        return learner.theta().values().length;
    }

    /** Goes on by another definition of the same model, such as with another learning rate. */
    void goOnBy(PolicyDefinition definition) {
        learner = new MemoryLearner(definition, learner);
    }

    /** Follows every demonstration once, in an order drawn anew. */
    void demonstrate(List<Pronounced> demonstrations) {
        List<Pronounced> shuffled = new ArrayList<>(demonstrations);
        Collections.shuffle(shuffled, new Random(learner.definition().seed() + demonstrated));
        demonstrated += shuffled.size();
        int size = learner.definition().batch().trajectories();
        var batch = new Batch();
        for (Pronounced right : shuffled) {
            Context context = context(right.spelling());
            int[] actions = learner.policy().actions(context, right.phonemes());
            Decision decision = new Decision(context, actions, new float[actions.length]);
            batch.add(new Trajectory(List.of(decision), new double[1], Origin.DEMONSTRATED), 1);
            if (batch.size() == size) {
                learner.learn(batch);
                batch.clear();
            }
        }
    }

    /**
     * Asks for at least so many outputs and learns from their scores. Groups of equal scores teach nothing, and batches are
     * filled without them (Yu et al. 2025, equation 11).
     *
     * @return how many were asked for
     */
    long listen(long trajectories) {
        int size = learner.definition().batch().trajectories();
        var batch = new Batch();
        long asked = 0;
        while (asked < trajectories || batch.size() > 0) {
            addGroup(world.next(random), batch);
            asked += groupSize();
            if (batch.size() >= size) {
                learner.learn(batch);
                batch.clear();
            }
        }
        return asked;
    }

    private void addGroup(Encounter listener, Batch batch) {
        Context context = context((Situation.Sequence) listener.situation());
        var outputs = new Trajectory[groupSize()];
        double[] scores = new double[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            Decision decision = learner.decide(context, random);
            outputs[i] = Trajectory.of(decision);
            scores[i] = listener.score(learner.policy().render(context, decision.actions(), decision.actions().length));
        }
        if (Arrays.stream(scores).anyMatch(score -> score != scores[0])) {
            double[] advantages = GroupBaselines.advantages(BaselineSpec.Kind.LEAVE_ONE_OUT, scores);
            for (int i = 0; i < outputs.length; i++) {
                batch.add(outputs[i], advantages[i]);
            }
        }
    }

    private int groupSize() {
        return learner.definition().estimator().baseline().groupSize();
    }

    /** The likeliest pronunciation. */
    List<String> likeliest(Situation situation) {
        Context context = context((Situation.Sequence) situation);
        learner.policy().generate(learner.theta(), context, new Sampling.Greedy(), random, generated);
        return learner.policy().render(context, generated.copyActions(), generated.length());
    }

    /** Share of the held-out words whose likeliest pronunciation is not the right one. */
    double wordError() {
        return Errors.words(world.examples(this::likeliest, Integer.MAX_VALUE));
    }

    /** Edits a phoneme of the held-out words' right pronunciations. */
    double phonemeError() {
        return world.error(this::likeliest, Integer.MAX_VALUE);
    }

    private Context context(Situation.Sequence spelling) {
        return learner.policy().encode(new Prompt.Tokens(spelling.tokens()));
    }
}

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
import java.util.stream.Stream;

/**
 * Learns to pronounce in memory: from demonstrations, and from listeners' scores with leave-one-out baselines over groups of
 * outputs of one word (Kool, van Hoof and Welling 2019, equation 8). One thread.
 */
final class Speller implements Pupil {

    private final PronounceWorld world;
    private final SplittableRandom random;
    private final Praised praised = new Praised();
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

    @Override
    public void goOnBy(PolicyDefinition definition) {
        learner = new MemoryLearner(definition, learner);
    }

    @Override
    public void demonstrate(List<Pronounced> demonstrations) {
        List<Pronounced> shuffled = new ArrayList<>(demonstrations);
        Collections.shuffle(shuffled, new Random(learner.definition().seed() + demonstrated));
        demonstrated += shuffled.size();
        int size = learner.definition().batch().trajectories();
        var batch = new Batch();
        for (Pronounced right : shuffled) {
            add(right, batch);
            if (batch.size() == size) {
                learner.learn(batch);
                batch.clear();
            }
        }
    }

    private void add(Pronounced right, Batch batch) {
        Context context = context(right.spelling());
        int[] actions = learner.policy().actions(context, right.phonemes());
        Decision decision = new Decision(context, actions, new float[actions.length]);
        batch.add(new Trajectory(List.of(decision), new double[1], Origin.DEMONSTRATED), 1);
    }

    /**
     * A batch is of as many groups as fill it. Groups of equal scores, whose advantages are zero, are not computed with; where
     * all of a batch are such, there is no step.
     */
    @Override
    public long listen(long trajectories, int imitated) {
        int words = Math.max(1, (learner.definition().batch().trajectories() - imitated) / groupSize());
        var batch = new Batch();
        long asked = 0;
        while (asked < trajectories) {
            ask(words, batch);
            praised.draw(imitated, random).forEach(right -> add(right, batch));
            asked += (long) words * groupSize();
            if (batch.size() > 0) {
                learner.learn(batch);
                batch.clear();
            }
        }
        return asked;
    }

    /** Asks for a group of outputs of each of some words, all at once. */
    private void ask(int words, Batch batch) {
        List<Encounter> listeners =
                Stream.generate(() -> world.next(random)).limit(words).toList();
        List<Context> contexts = listeners.stream()
                .map(listener -> context((Situation.Sequence) listener.situation()))
                .toList();
        List<List<Decision>> groups = learner.decide(contexts, groupSize(), random);
        for (int i = 0; i < groups.size(); i++) {
            addGroup(listeners.get(i), groups.get(i), batch);
        }
    }

    private void addGroup(Encounter listener, List<Decision> outputs, Batch batch) {
        double[] scores =
                outputs.stream().mapToDouble(output -> score(listener, output)).toArray();
        if (Arrays.stream(scores).anyMatch(score -> score != scores[0])) {
            double[] advantages = GroupBaselines.advantages(BaselineSpec.Kind.LEAVE_ONE_OUT, scores);
            for (int i = 0; i < scores.length; i++) {
                batch.add(Trajectory.of(outputs.get(i)), advantages[i]);
            }
        }
    }

    private double score(Encounter listener, Decision output) {
        int[] actions = output.actions();
        List<String> phonemes = learner.policy().render(output.context(), actions, actions.length);
        double score = listener.score(phonemes);
        praised.heard((Situation.Sequence) listener.situation(), phonemes, score);
        return score;
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

    @Override
    public double wordError() {
        return Errors.words(world.examples(this::likeliest, Integer.MAX_VALUE));
    }

    @Override
    public double phonemeError() {
        return world.error(this::likeliest, Integer.MAX_VALUE);
    }

    private Context context(Situation.Sequence spelling) {
        return learner.policy().encode(new Prompt.Tokens(spelling.tokens()));
    }
}

package io.millrace.bench;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.Trajectory;
import io.millrace.policy.spec.OptimizerSpec;
import io.millrace.simulator.pronounce.PronounceWorld;
import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import io.millrace.simulator.world.Encounter;
import io.millrace.simulator.world.Situation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A seq2seq learns to pronounce: from demonstrations first, then from the listeners' scores alone, with leave-one-out
 * baselines over groups of outputs of one word (Kool, van Hoof and Welling 2019, equation 8).
 */
final class PronounceInMemory {

    private static final int DEMONSTRATIONS = 20_000;
    private static final int BATCH = 64;
    private static final int GROUP = 4;
    private static final double DEMONSTRATION_RATE = 0.003;
    private static final int WARM_UP_STEPS = 100;

    private final PronounceWorld world = PronounceWorld.load(7);
    /** In the order of the policy's output vocabulary. */
    private final List<String> phonemes = world.phonemes();
    private final InMemoryLearner learner = new InMemoryLearner(Resources.policy("spell"));
    private final Policy policy = learner.policy();
    private final SplittableRandom random = new SplittableRandom(5);
    private final Generated generated = new Generated();

    double gradientsPerSecond() {
        return learner.gradientsPerSecond();
    }

    /** Follows the demonstrations {@code passes} times; the learning rate rises for 100 steps and then falls to 5%. */
    void demonstrate(int passes) {
        List<Pronounced> demonstrations = new ArrayList<>(world.demonstrations(DEMONSTRATIONS));
        long steps = (long) passes * (demonstrations.size() / BATCH);
        long step = 0;
        for (int pass = 0; pass < passes; pass++) {
            Collections.shuffle(demonstrations, new Random(pass));
            for (int first = 0; first + BATCH <= demonstrations.size(); first += BATCH) {
                var batch = new Batch();
                demonstrations.subList(first, first + BATCH).forEach(right -> batch.add(demonstrated(right), 1));
                double rising = Math.min(1, ++step / (double) WARM_UP_STEPS);
                learner.step(batch, 0, rate(DEMONSTRATION_RATE * rising * Math.max(0.05, 1 - step / (double) steps)));
            }
        }
    }

    private Trajectory demonstrated(Pronounced right) {
        int[] actions = new int[right.phonemes().size() + 1];
        for (int i = 0; i < actions.length - 1; i++) {
            actions[i] = phonemes.indexOf(right.phonemes().get(i));
        }
        actions[actions.length - 1] = phonemes.size();
        return Trajectory.of(new Decision(context(right.spelling()), actions, new float[actions.length]));
    }

    /**
     * Learns from the scores of {@code words} groups of outputs; answers with the mean score.
     *
     * @param learningRate of Adam
     */
    double listen(int words, double learningRate) {
        double sum = 0;
        var batch = new Batch();
        for (int word = 0; word < words; word++) {
            sum += addGroup(world.next(random), batch);
            if (batch.size() >= BATCH * GROUP) {
                learner.step(batch, 0, rate(learningRate));
                batch.clear();
            }
        }
        return sum / (words * GROUP);
    }

    private double addGroup(Encounter listener, Batch batch) {
        Context context = context((Situation.Sequence) listener.situation());
        Trajectory[] outputs = new Trajectory[GROUP];
        double[] scores = new double[GROUP];
        double sum = 0;
        for (int i = 0; i < GROUP; i++) {
            policy.generate(learner.parameters(), context, Sampling.AS_LEARNED, random, generated);
            int[] actions = generated.copyActions();
            outputs[i] = Trajectory.of(new Decision(context, actions, generated.copyLogProbs()));
            scores[i] = listener.score(policy.render(context, actions, actions.length));
            sum += scores[i];
        }
        for (int i = 0; i < GROUP; i++) {
            batch.add(outputs[i], scores[i] - (sum - scores[i]) / (GROUP - 1));
        }
        return sum;
    }

    /** The likeliest pronunciation. */
    List<String> likeliest(Situation situation) {
        Context context = context((Situation.Sequence) situation);
        policy.generate(learner.parameters(), context, new Sampling.Greedy(), random, generated);
        return policy.render(context, generated.copyActions(), generated.length());
    }

    /** Share of held-out words whose likeliest pronunciation is not the right one. */
    double wordError(int words) {
        return world.examples(this::likeliest, words).stream()
                .mapToInt(example -> example.said().equals(example.best()) ? 0 : 1)
                .average()
                .orElseThrow();
    }

    /** Edits a phoneme of the held-out words' right pronunciations. */
    double phonemeError(int words) {
        return world.error(this::likeliest, words);
    }

    private Context context(Situation.Sequence spelling) {
        return policy.encode(new Prompt.Tokens(spelling.tokens()));
    }

    private static OptimizerSpec rate(double learningRate) {
        return new OptimizerSpec(OptimizerSpec.Kind.ADAM, learningRate, 0.9, 0.999, 1e-8, 0);
    }
}

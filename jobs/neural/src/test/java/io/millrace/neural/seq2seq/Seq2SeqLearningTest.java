package io.millrace.neural.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Generated;
import io.millrace.policy.Policy;
import io.millrace.policy.Sampling;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Weighting;
import io.millrace.policy.optimizer.Optimizer;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.parameters.SparseRows;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Learns to write short sequences backwards: that takes attention over the whole input, and knowing where it ends. */
class Seq2SeqLearningTest {

    private static final int TOKENS = 5;
    private static final int LONGEST = 5;
    private static final int BATCH = 64;

    private final Policy policy = Models.policy(Map.of(
            "input", List.of("a", "b", "c", "d", "e"),
            "output", List.of("a", "b", "c", "d", "e"),
            "max-output", LONGEST + 1,
            "width", 32,
            "hidden", 64,
            "heads", 4,
            "encoder-layers", 1,
            "decoder-layers", 1));
    private final float[] theta = new float[policy.layout().size()];
    private final Parameters parameters = new Parameters(theta, 1, 1);
    private final GradientAccumulator gradient = new GradientAccumulator(policy.layout());
    private final GradientAccumulator pending = new GradientAccumulator(policy.layout());
    private final float[][] moments = new float[2][theta.length];
    private final Optimizer optimizer = Optimizer.of(PolicyDefinition.parse("""
                    {"policy": "p", "kind": "seq2seq", "model": {"input": ["a"], "output": ["a"]},
                     "optimizer": {"kind": "adam", "learning-rate": 0.005}}""").optimizer(), policy.layout());
    private final SplittableRandom random = new SplittableRandom(1);
    private long step;

    @Test
    void learnsToReverseFromDemonstrations() {
        policy.initialize(theta, 1);
        double before = reversed();

        for (int i = 0; i < 600; i++) {
            var batch = new Batch();
            for (int t = 0; t < BATCH; t++) {
                int[] tokens = input();
                int[] actions = backwards(tokens);
                batch.add(
                        Trajectory.of(new Decision(new Context.Tokens(tokens), actions, new float[actions.length])), 1);
            }
            learn(batch);
        }

        assertThat(before).isLessThan(0.1);
        assertThat(reversed()).isGreaterThan(0.95);
    }

    @Test
    void learnsFromRewardsAlone() {
        policy.initialize(theta, 1);
        double before = agreement();

        double average = before;
        var out = new Generated();
        for (int i = 0; i < 400; i++) {
            var batch = new Batch();
            double sum = 0;
            for (int t = 0; t < BATCH; t++) {
                int[] tokens = input();
                policy.generate(parameters, new Context.Tokens(tokens), Sampling.AS_LEARNED, random, out);
                int[] actions = out.copyActions();
                double reward = agreement(tokens, actions);
                sum += reward;
                batch.add(
                        Trajectory.of(new Decision(new Context.Tokens(tokens), actions, out.copyLogProbs())),
                        reward - average);
            }
            average += 0.1 * (sum / BATCH - average);
            learn(batch);
        }

        assertThat(agreement()).isGreaterThan(before + 0.15);
    }

    private void learn(Batch batch) {
        policy.gradient(parameters, batch, new ByAdvantage(batch), gradient);
        optimizer.step(gradient.drain(), 1f / BATCH, moments, ++step, pending);
        SparseRows moved = pending.drain();
        int width = policy.layout().rowWidth();
        for (int i = 0; i < moved.count(); i++) {
            for (int j = 0; j < width; j++) {
                theta[moved.row(i) * width + j] += moved.values()[i * width + j];
            }
        }
    }

    private int[] input() {
        return random.ints(1 + random.nextInt(LONGEST), 0, TOKENS).toArray();
    }

    private static int[] backwards(int[] tokens) {
        int[] actions = new int[tokens.length + 1];
        for (int i = 0; i < tokens.length; i++) {
            actions[i] = tokens[tokens.length - 1 - i];
        }
        actions[tokens.length] = TOKENS;
        return actions;
    }

    /** Share of new inputs that are reversed without a mistake. */
    private double reversed() {
        var out = new Generated();
        int right = 0;
        for (int i = 0; i < 500; i++) {
            int[] tokens = input();
            policy.generate(parameters, new Context.Tokens(tokens), new Sampling.Greedy(), random, out);
            right += Arrays.equals(out.copyActions(), backwards(tokens)) ? 1 : 0;
        }
        return right / 500.0;
    }

    /** Mean agreement of sampled outputs. */
    private double agreement() {
        var out = new Generated();
        double sum = 0;
        for (int i = 0; i < 500; i++) {
            int[] tokens = input();
            policy.generate(parameters, new Context.Tokens(tokens), Sampling.AS_LEARNED, random, out);
            sum += agreement(tokens, out.copyActions());
        }
        return sum / 500;
    }

    /** Share of positions that are right, of the longer of the two. */
    private static double agreement(int[] tokens, int[] actions) {
        int[] wanted = backwards(tokens);
        int right = 0;
        for (int i = 0; i < Math.min(wanted.length, actions.length); i++) {
            right += wanted[i] == actions[i] ? 1 : 0;
        }
        return (double) right / Math.max(wanted.length, actions.length);
    }

    private record ByAdvantage(Batch batch) implements Weighting {

        @Override
        public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
            for (int i = 0; i < scores.length(); i++) {
                weights.setPolicy(i, (float) batch.advantage(trajectory));
            }
        }

        @Override
        public double entropyBonus(int trajectory) {
            return 0;
        }
    }
}

package io.millrace.neural.seq2seq;

import static io.millrace.policy.FiniteDifferences.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Allocations;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Frequencies;
import io.millrace.policy.Generated;
import io.millrace.policy.Policy;
import io.millrace.policy.Sampling;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.parameters.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Seq2SeqGenerationTest {

    private static final Context INPUT = new Context.Tokens(new int[] {2, 0, 1});

    @Test
    void recordsWhatTheBatchScores() {
        Policy policy = Models.policy(Map.of());
        var random = new SplittableRandom(3);
        Parameters theta = parameters(Models.theta(policy, random));
        var out = new Generated();
        var scores = new Scores();
        for (int i = 0; i < 100; i++) {
            Context context = new Context.Tokens(
                    random.ints(1 + i % Models.MAX_INPUT, 0, Models.INPUT).toArray());
            policy.generate(theta, context, Sampling.AS_LEARNED, random, out);
            var decision = new Decision(context, out.copyActions(), out.copyLogProbs());
            policy.validate(decision);
            var batch = new Batch();
            batch.add(Trajectory.of(decision), 0);
            scores.clear();

            policy.score(theta, batch, scores);

            assertThat(scores.length()).isEqualTo(out.length());
            for (int t = 0; t < out.length(); t++) {
                assertThat(out.logProb(t)).isEqualTo(scores.logProb(t), within(1e-5f));
            }
            assertThat(out.entropy()).isEqualTo(scores.entropy(), within(1e-4));
        }
    }

    /** More outputs than are written side by side, of inputs of every length. */
    @Test
    void recordsOfGroupsWhatTheBatchScores() {
        Policy policy = Models.policy(Map.of());
        var random = new SplittableRandom(3);
        Parameters theta = parameters(Models.theta(policy, random));
        List<Context> contexts = inputs(random, GroupGeneration.OUTPUTS / 2);
        List<Generated> outs = outputs(3 * contexts.size());
        policy.generateGroups(theta, contexts, Sampling.AS_LEARNED, random, outs);
        var batch = new Batch();
        for (int i = 0; i < outs.size(); i++) {
            Generated out = outs.get(i);
            var decision = new Decision(contexts.get(i / 3), out.copyActions(), out.copyLogProbs());
            policy.validate(decision);
            batch.add(Trajectory.of(decision), 0);
        }
        var scores = new Scores();

        policy.score(theta, batch, scores);

        int action = 0;
        double entropy = 0;
        for (Generated out : outs) {
            entropy += out.entropy();
            for (int t = 0; t < out.length(); t++) {
                assertThat(out.logProb(t)).isEqualTo(scores.logProb(action++), within(1e-5f));
            }
        }
        assertThat(action).isEqualTo(scores.length());
        assertThat(entropy).isEqualTo(scores.entropy(), within(1e-2));
    }

    @Test
    void writesInGroupsWhatItWritesAlone() {
        Policy policy = Models.policy(Map.of());
        var random = new SplittableRandom(4);
        Parameters theta = theta(policy, -1);
        List<Context> contexts = inputs(random, 40);
        List<Generated> outs = outputs(2 * contexts.size());
        var alone = new Generated();

        policy.generateGroups(theta, contexts, Sampling.GREEDY, random, outs);
        // What was there before is forgotten.
        policy.generateGroups(theta, contexts, Sampling.GREEDY, random, outs);

        for (int i = 0; i < outs.size(); i++) {
            policy.generate(theta, contexts.get(i / 2), Sampling.GREEDY, random, alone);
            assertThat(outs.get(i).copyActions()).isEqualTo(alone.copyActions());
        }
    }

    /** As {@link #samplesAsOftenAsItRecords}: the outputs of one input are drawn independently. */
    @Test
    void drawsTheOutputsOfAGroupAsOftenAsItRecords() {
        Policy policy = tiny();
        Parameters theta = theta(policy, 0);
        List<Generated> outs = outputs(30_000);

        policy.generateGroups(theta, List.of(INPUT), Sampling.AS_LEARNED, new SplittableRandom(6), outs);

        Map<List<Integer>, List<Generated>> byOutput = outs.stream()
                .collect(Collectors.groupingBy(
                        out -> Arrays.stream(out.copyActions()).boxed().toList()));
        assertThat(byOutput).hasSize(7);
        byOutput.values().forEach(same -> {
            double probability = Math.exp(same.get(0).logProb());
            assertThat(same.size() / 30_000.0).isEqualTo(probability, within(5 * Math.sqrt(probability / 30_000)));
        });
    }

    private static List<Context> inputs(SplittableRandom random, int count) {
        return IntStream.range(0, count)
                .<Context>mapToObj(i -> new Context.Tokens(
                        random.ints(1 + i % Models.MAX_INPUT, 0, Models.INPUT).toArray()))
                .toList();
    }

    private static List<Generated> outputs(int count) {
        return Stream.generate(Generated::new).limit(count).toList();
    }

    /** With two tokens and two actions at most there are 7 outputs: end; W or X and the end; two of W and X. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.6, 3})
    void samplesAsOftenAsItRecords(double temperature) {
        Policy policy = tiny();

        Frequencies.check(policy, theta(policy, 0), INPUT, new Sampling.Stochastic(temperature), 7);
    }

    /** The end, made likely, is always among the two likeliest of three: it, or a token and any of the two likeliest. */
    @ParameterizedTest
    @CsvSource({"2, 1, 3", "1, 1, 1", "0, 0.999999, 7", "0, 0.01, 1"})
    void samplesFromTheLikeliestAsOftenAsItRecords(int topK, double topP, int outputs) {
        Policy policy = tiny();

        Frequencies.check(policy, theta(policy, 1), INPUT, new Sampling.Stochastic(0.9, topK, topP), outputs);
    }

    @Test
    void endsAtOnceWhenTheEndIsCertain() {
        Policy policy = Models.policy(Map.of());
        var out = new Generated();

        policy.generate(theta(policy, 60), INPUT, Sampling.AS_LEARNED, new SplittableRandom(1), out);

        assertThat(out.copyActions()).containsExactly(Models.END);
        assertThat(policy.render(INPUT, out.copyActions(), 1)).isEmpty();
    }

    @Test
    void isCutAtTheMaximumWhenItNeverEnds() {
        Policy policy = Models.policy(Map.of());
        var out = new Generated();

        policy.generate(theta(policy, -60), INPUT, Sampling.AS_LEARNED, new SplittableRandom(1), out);

        assertThat(out.length()).isEqualTo(Models.MAX_OUTPUT);
        assertThat(out.copyActions()).doesNotContain(Models.END);
        policy.validate(new Decision(INPUT, out.copyActions(), out.copyLogProbs()));
        assertThat(policy.render(INPUT, out.copyActions(), out.length())).hasSize(Models.MAX_OUTPUT);
    }

    @Test
    void greedyTakesTheLikeliestAtEveryStep() {
        Policy policy = Models.policy(Map.of());
        Parameters theta = theta(policy, -1);
        var out = new Generated();
        var again = new Generated();

        policy.generate(theta, INPUT, new Sampling.Greedy(), new SplittableRandom(1), out);
        policy.generate(theta, INPUT, new Sampling.Stochastic(1, 1, 1), new SplittableRandom(2), again);

        assertThat(out.copyActions()).isEqualTo(again.copyActions());
        assertThat(again.logProb()).isZero();
        assertThat(out.logProb()).as("nothing else could have come").isZero();
    }

    @Test
    void forksWriteTheSameAndDoNotDisturbEachOther() {
        Policy policy = Models.policy(Map.of());
        Policy fork = policy.fork();
        Parameters theta = theta(policy, 0);
        Parameters other = theta(policy, -3);
        var random = new SplittableRandom(5);
        var again = new SplittableRandom(5);
        var one = new Generated();
        var two = new Generated();
        for (int i = 0; i < 50; i++) {
            policy.generate(theta, INPUT, Sampling.AS_LEARNED, random, one);
            fork.generate(other, new Context.Tokens(new int[] {1}), Sampling.AS_LEARNED, new SplittableRandom(i), two);
            fork.generate(theta, INPUT, Sampling.AS_LEARNED, again, two);
            assertThat(two.copyActions()).isEqualTo(one.copyActions());
            assertThat(two.copyLogProbs()).isEqualTo(one.copyLogProbs());
        }
    }

    @Test
    void allocatesNothingOnceItHasItsScratchSpace() {
        Policy policy = Models.policy(Map.of());
        Parameters theta = theta(policy, 0);
        var random = new SplittableRandom(5);
        var out = new Generated();

        double bytes = Allocations.perRun(() -> policy.generate(theta, INPUT, Sampling.AS_LEARNED, random, out));

        assertThat(bytes).isLessThan(1);
    }

    @Test
    void refusesToGoOnWithParametersThatAreNotFinite() {
        Policy policy = Models.policy(Map.of());
        float[] theta = new float[policy.layout().size()];
        Arrays.fill(theta, Float.NaN);

        assertThatThrownBy(() -> policy.generate(
                        parameters(theta), INPUT, Sampling.AS_LEARNED, new SplittableRandom(1), new Generated()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Policy tiny() {
        return Models.policy(Map.of("output", List.of("W", "X"), "max-output", 2));
    }

    /** Random parameters, with {@code end} added to the logit of the end. */
    private static Parameters theta(Policy policy, float end) {
        float[] theta = Models.theta(policy, new SplittableRandom(8));
        var layout = policy.layout();
        int actions = layout.tensors().get(layout.tensors().size() - 2).columns() - 1;
        int bias =
                theta.length - layout.tensors().get(layout.tensors().size() - 1).size();
        theta[bias + actions - 1] += end;
        return parameters(theta);
    }
}

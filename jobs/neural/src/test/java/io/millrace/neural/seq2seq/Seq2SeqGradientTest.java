package io.millrace.neural.seq2seq;

import static io.millrace.policy.FiniteDifferences.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.FiniteDifferences;
import io.millrace.policy.Policy;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Seq2SeqGradientTest {

    /** Through six layers the third derivative is large: a small step, and floats that are summed in doubles. */
    private static final float STEP = 3e-3f;

    private static final double TOLERANCE = 5e-3;

    @ParameterizedTest
    @CsvSource({"1, 1, 2", "2, 1, 1", "1, 2, 2"})
    void gradientAgreesWithFiniteDifferences(int encoderLayers, int decoderLayers, int heads) {
        Policy policy =
                Models.policy(Map.of("encoder-layers", encoderLayers, "decoder-layers", decoderLayers, "heads", heads));
        var random = new SplittableRandom(encoderLayers + 10 * decoderLayers);
        Batch batch = Models.batch(random, 5);
        float[] theta = Models.theta(policy, random);

        FiniteDifferences.check(policy, batch, 0, theta, STEP, TOLERANCE, random);
        FiniteDifferences.check(policy, batch, 0.7, theta, STEP, TOLERANCE, random);
    }

    @Test
    void aBatchScoresWhatItsTrajectoriesScoreOneByOne() {
        Policy policy = Models.policy(Map.of());
        var random = new SplittableRandom(1);
        float[] theta = Models.theta(policy, random);
        // More rows than a block holds.
        Batch batch = Models.batch(random, 400);
        assertThat(batch.actions()).isGreaterThan(2 * Block.ROWS);
        var together = new Scores();
        var alone = new Scores();

        policy.score(parameters(theta), batch, together);
        for (int t = 0; t < batch.size(); t++) {
            policy.score(parameters(theta), single(batch, t), alone);
        }

        assertThat(together.length()).isEqualTo(batch.actions()).isEqualTo(alone.length());
        for (int i = 0; i < together.length(); i++) {
            assertThat(together.logProb(i)).isEqualTo(alone.logProb(i), within(1e-5f));
            assertThat(together.value(i)).isEqualTo(alone.value(i), within(1e-5f));
        }
        assertThat(together.entropy()).isEqualTo(alone.entropy(), within(1e-2));
    }

    @Test
    void theGradientOfABatchIsTheSumOfThoseOfItsTrajectories() {
        isTheSumOfThoseOfItsTrajectories(Models.batch(new SplittableRandom(2), 300));
    }

    /** Outputs of one input that follow one another share the rows of that input. */
    @Test
    void theGradientOfGroupsIsTheSumOfThoseOfTheirOutputs() {
        var random = new SplittableRandom(2);
        Batch one = Models.batch(random, 300);
        Batch other = Models.batch(random, 300);
        Batch groups = new Batch();
        for (int t = 0; t < one.size(); t += 2) {
            Decision decision = one.trajectory(t).decisions().get(0);
            Decision again = other.trajectory(t).decisions().get(0);
            groups.add(Trajectory.of(decision), random.nextDouble(-1, 1));
            groups.add(
                    Trajectory.of(new Decision(decision.context(), again.actions(), again.logProbs())),
                    random.nextDouble(-1, 1));
        }

        isTheSumOfThoseOfItsTrajectories(groups);
    }

    private static void isTheSumOfThoseOfItsTrajectories(Batch batch) {
        Policy policy = Models.policy(Map.of());
        float[] theta = Models.theta(policy, new SplittableRandom(2));
        var together = new GradientAccumulator(policy.layout());
        var alone = new GradientAccumulator(policy.layout());

        policy.gradient(parameters(theta), batch, byAdvantage(batch), together);
        for (int t = 0; t < batch.size(); t++) {
            Batch single = single(batch, t);
            policy.gradient(parameters(theta), single, byAdvantage(single), alone);
        }

        double size = 0;
        for (int i = 0; i < theta.length; i++) {
            assertThat(together.values()[i]).isEqualTo(alone.values()[i], within(1e-2f));
            size = Math.max(size, Math.abs(together.values()[i]));
        }
        assertThat(size).isGreaterThan(10);
    }

    @Test
    void whatIsNotWeighedDoesNotMove() {
        Policy policy = Models.policy(Map.of());
        var random = new SplittableRandom(3);
        float[] theta = Models.theta(policy, random);
        Batch batch = Models.batch(random, 7);
        var first = new GradientAccumulator(policy.layout());
        var all = new GradientAccumulator(policy.layout());

        policy.gradient(parameters(theta), single(batch, 0), only(0), first);
        policy.gradient(parameters(theta), batch, only(0), all);

        for (int i = 0; i < theta.length; i++) {
            assertThat(all.values()[i]).isEqualTo(first.values()[i], within(1e-5f));
        }
    }

    @Test
    void touchesTheEmbeddingsThatItSawAndNoOthers() {
        Policy policy = Models.policy(Map.of());
        float[] theta = Models.theta(policy, new SplittableRandom(4));
        Batch batch = single(Models.batch(new SplittableRandom(4), 2), 0);
        var gradient = new GradientAccumulator(policy.layout());

        policy.gradient(parameters(theta), batch, byAdvantage(batch), gradient);

        assertThat(gradient.touchedRows()).isLessThan(policy.layout().rows());
        var touched = new boolean[policy.layout().rows()];
        for (int i = 0; i < gradient.touchedRows(); i++) {
            touched[gradient.touchedRow(i)] = true;
        }
        for (int i = 0; i < theta.length; i++) {
            assertThat(gradient.values()[i] == 0 || touched[i / policy.layout().rowWidth()])
                    .as("element %d", i)
                    .isTrue();
        }
    }

    @Test
    void refusesToGoOnWithParametersThatAreNotFinite() {
        Policy policy = Models.policy(Map.of());
        float[] theta = new float[policy.layout().size()];
        Arrays.fill(theta, Float.NaN);

        assertThatThrownBy(
                        () -> policy.score(parameters(theta), Models.batch(new SplittableRandom(1), 2), new Scores()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not finite");
    }

    private static Batch single(Batch batch, int trajectory) {
        var single = new Batch();
        single.add(batch.trajectory(trajectory), batch.advantage(trajectory));
        return single;
    }

    private static Weighting byAdvantage(Batch batch) {
        return new Weighting() {
            @Override
            public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
                for (int i = 0; i < scores.length(); i++) {
                    weights.setPolicy(i, (float) batch.advantage(trajectory));
                    weights.setValue(i, 0.5f);
                }
            }

            @Override
            public double entropyBonus(int trajectory) {
                return 0.1;
            }
        };
    }

    /** Weight 1 on one trajectory of the batch and 0 on all others. */
    private static Weighting only(int which) {
        return new Weighting() {
            @Override
            public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
                for (int i = 0; i < scores.length(); i++) {
                    weights.setPolicy(i, trajectory == which ? 1 : 0);
                }
            }

            @Override
            public double entropyBonus(int trajectory) {
                return 0;
            }
        };
    }
}

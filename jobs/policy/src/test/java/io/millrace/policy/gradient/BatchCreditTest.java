package io.millrace.policy.gradient;

import static io.millrace.policy.gradient.ExactWorld.STATES;
import static io.millrace.policy.gradient.ExactWorld.WIDTH;
import static io.millrace.policy.gradient.ExactWorld.distance;
import static io.millrace.policy.gradient.ExactWorld.doubles;
import static io.millrace.policy.gradient.ExactWorld.policyPart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.FiniteDifferences;
import io.millrace.policy.Trajectory;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.spec.EstimatorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every action of a batch is credited with: once for all passes, normalised, and beyond a cut. */
class BatchCreditTest {

    private static final int VALUE = ExactWorld.ACTIONS;

    private final ExactWorld world = new ExactWorld(1, 2);

    @Test
    void onePassDoesNotNeedItAndIsTheSameWithIt() {
        Batch batch = batch();
        double[] one = gradient(ppo(1, false), batch, world.target);
        assertThat(batch.hasCredit()).isFalse();

        double[] first = gradient(ppo(2, false), batch, world.target);

        assertThat(batch.hasCredit()).isTrue();
        assertThat(distance(first, one)).isLessThan(1e-12);
    }

    /** PPO's epochs: V may learn meanwhile, advantages and targets stay (Schulman et al. 2017, algorithm 1). */
    @Test
    void laterPassesKeepTheAdvantagesAndTargetsOfTheFirst() {
        Batch batch = batch();
        gradient(ppo(2, false), batch, world.target);
        double[] before = gradient(ppo(2, false), batch, world.target);
        double shift = 0.5;
        float[] moved = world.target.clone();
        for (int state = 0; state < STATES; state++) {
            moved[state * WIDTH + VALUE] += (float) shift;
        }

        double[] after = gradient(ppo(2, false), batch, moved);

        assertThat(distance(policyPart(after), policyPart(before))).isLessThan(1e-12);
        double coefficient = ppo(2, false).returns().valueCoefficient();
        assertThat(before[VALUE] - after[VALUE])
                .as("slope of the first state's V")
                .isEqualTo(coefficient * batch.size() * shift, within(1e-4));
    }

    @Test
    void aChangedBatchIsCreditedAnew() {
        Batch batch = batch();
        gradient(ppo(2, false), batch, world.target);

        batch.add(world.trajectory(world.trajectories.get(0)), 1);

        assertThat(batch.hasCredit()).isFalse();
    }

    @Test
    void normalisedAdvantagesHaveMeanZeroAndDeviationOne() {
        Batch batch = batch();
        batch.add(world.trajectory(world.trajectories.get(3), Trajectory.Origin.DEMONSTRATED), 1);
        gradient(ppo(1, true), batch, world.target);

        double sum = 0;
        double squares = 0;
        int generated = batch.firstAction(batch.size() - 1);
        for (int i = 0; i < generated; i++) {
            sum += batch.credit(i);
            squares += batch.credit(i) * batch.credit(i);
        }
        assertThat(sum / generated).isEqualTo(0, within(1e-9));
        assertThat(squares / generated).isEqualTo(1, within(1e-6));
    }

    @Test
    void rewardsOfAnySizeMakeTheSameStep() {
        EstimatorSpec spec =
                EstimatorSpec.of(Map.of("importance-level", "token", "returns", Map.of("normalize", true)));
        var small = new Batch();
        var large = new Batch();
        for (int[] actions : world.trajectories) {
            small.add(world.trajectory(actions), world.reward(actions));
            large.add(world.trajectory(actions), 1000 * world.reward(actions) + 70);
        }

        assertThat(distance(gradient(spec, large, world.target), gradient(spec, small, world.target)))
                .isLessThan(1e-5);
    }

    @Test
    void equalRewardsTeachNothing() {
        EstimatorSpec spec = EstimatorSpec.of(Map.of("returns", Map.of("normalize", true)));
        var batch = new Batch();
        for (int[] actions : world.trajectories) {
            batch.add(world.trajectory(actions), 3);
        }

        assertThat(gradient(spec, batch, world.target)).containsOnly(0);
    }

    /** The rest of the trajectory, in one number: cutting it there changes nothing. */
    @Test
    void theValueOfTheStateOfTheCutStandsForWhatWouldHaveFollowed() {
        world.learnValues();
        for (String kind : new String[] {"td", "gae", "n-step", "monte-carlo", "v-trace"}) {
            for (int passes : new int[] {1, 3}) {
                EstimatorSpec spec = ppo(passes, false, Map.of("kind", kind, "steps", 7, "lambda", 1));
                int[] actions = world.trajectories.get(11);
                Trajectory whole = world.trajectory(actions);
                double[] rewards = whole.rewards().clone();
                int state = 0;
                for (int t = 0; t < 2; t++) {
                    state = ExactWorld.next(state, actions[t]);
                }
                rewards[2] = world.target[state * WIDTH + VALUE];
                var valued = new Batch();
                valued.add(new Trajectory(whole.decisions(), rewards, Trajectory.Origin.GENERATED), 0);
                var cut = new Batch();
                cut.add(cut(whole, state), 0);

                double[] expected = gradient(spec, valued, world.target);
                double[] found = gradient(spec, cut, world.target);

                for (int row : new int[] {0, ExactWorld.next(0, actions[0])}) {
                    for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
                        assertThat(found[i]).as("%s, element %d", kind, i).isEqualTo(expected[i], within(1e-6));
                    }
                }
                assertThat(found[state * WIDTH + VALUE])
                        .as("nobody acted there")
                        .isZero();
            }
        }
    }

    private static Trajectory cut(Trajectory whole, int state) {
        List<Decision> decisions = new ArrayList<>(whole.decisions().subList(0, 2));
        decisions.add(new Decision(TabularPolicy.state(state), new int[0], new float[0]));
        double[] rewards = {whole.rewards()[0], whole.rewards()[1], 0};
        return new Trajectory(decisions, rewards, Trajectory.Origin.GENERATED);
    }

    private static EstimatorSpec ppo(int passes, boolean normalize) {
        return ppo(passes, normalize, Map.of("kind", "gae", "lambda", 0.7));
    }

    private static EstimatorSpec ppo(int passes, boolean normalize, Map<String, Object> returns) {
        Map<String, Object> all = new HashMap<>(returns);
        all.put("discount", 0.9);
        all.put("normalize", normalize);
        return EstimatorSpec.of(Map.of("algorithm", "ppo", "baseline", "critic", "returns", all, "passes", passes));
    }

    private Batch batch() {
        var batch = new Batch();
        for (int[] actions : world.trajectories) {
            batch.add(world.trajectory(actions), 0);
        }
        return batch;
    }

    private double[] gradient(EstimatorSpec spec, Batch batch, float[] theta) {
        var out = new GradientAccumulator(world.policy.layout());
        new PolicyGradient(world.policy, spec)
                .accumulate(FiniteDifferences.parameters(theta), batch, out, new BatchStatistics());
        return doubles(out.values());
    }
}

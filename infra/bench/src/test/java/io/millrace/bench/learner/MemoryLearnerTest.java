package io.millrace.bench.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Prompt;
import io.millrace.policy.Trajectory;
import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryLearnerTest {

    private static final PolicyDefinition DEFINITION = PolicyDefinition.parse("""
            {"policy": "two", "kind": "choice", "seed": 1, "model": {"hash-bits": 8},
             "estimator": {"baseline": "none"}, "optimizer": {"kind": "sgd", "learning-rate": 0.5}}
            """);

    private final MemoryLearner learner = new MemoryLearner(DEFINITION);
    private final Context two = learner.policy()
            .encode(new Prompt.Choice(
                    Map.of(), List.of(new Prompt.Option("a", Map.of()), new Prompt.Option("b", Map.of()))));

    /** Sutton and Barto 2018, equation 2.12: from equal preferences, H(a) += α A (1 − ½) and H(b) −= α A ½. */
    @Test
    void stepsAlongTheMeanGradient() {
        Batch batch = new Batch();
        batch.add(chose(0), 3);
        batch.add(chose(0), 1);

        learner.learn(batch);

        double difference = 0.5 * 2; // α times the mean advantage, half of it from each of the two weights
        assertThat(probabilityOfFirst()).isCloseTo(1 / (1 + Math.exp(-difference)), within(1e-6));
    }

    @Test
    void goesOnFromWhatAnotherLearned() {
        Batch batch = new Batch();
        batch.add(chose(0), 2);
        learner.learn(batch);

        var goingOn = new MemoryLearner(Definitions.with(DEFINITION, "optimizer.learning-rate", 0.1), learner);

        assertThat(goingOn.theta().values()).isEqualTo(learner.theta().values());
        goingOn.learn(batch);
        assertThat(goingOn.theta().values()).isNotEqualTo(learner.theta().values());
    }

    @Test
    void goesOnWithTheMomentsOfWhatAnotherLearned() {
        PolicyDefinition adam = Definitions.with(DEFINITION, "optimizer.kind", "adam");
        var uninterrupted = new MemoryLearner(adam);
        Batch batch = new Batch();
        batch.add(chose(0), 2);
        uninterrupted.learn(batch);

        var goingOn = new MemoryLearner(adam, uninterrupted);

        Batch next = new Batch();
        next.add(chose(1), -1);
        uninterrupted.learn(next);
        goingOn.learn(next);
        assertThat(goingOn.theta().values()).isEqualTo(uninterrupted.theta().values());
        assertThatThrownBy(() -> new MemoryLearner(DEFINITION, uninterrupted))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected one with 2 moments");
    }

    @Test
    void refusesWhatAnotherModelLearned() {
        assertThatThrownBy(() -> new MemoryLearner(Definitions.with(DEFINITION, "model.hash-bits", 9), learner))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the layout of 'two'");
    }

    @Test
    void takesAStepOfTheOptimizerInEveryPass() {
        PolicyDefinition once = Definitions.with(DEFINITION, "optimizer.kind", "adam");
        PolicyDefinition ppo = Definitions.with(once, "estimator.algorithm", "ppo");
        Batch batch = new Batch();
        batch.add(chose(0), 3);
        batch.add(chose(1), 1);

        var threePasses = new MemoryLearner(Definitions.with(ppo, "estimator.passes", 3));
        threePasses.learn(batch);
        var threeSteps = new MemoryLearner(ppo);
        for (int step = 0; step < 3; step++) {
            threeSteps.learn(batch);
        }

        assertThat(threePasses.theta().values()).isEqualTo(threeSteps.theta().values());
        assertThat(threePasses.theta().values())
                .isNotEqualTo(new MemoryLearner(ppo).theta().values());
    }

    @Test
    void passesOverMicroBatchesInTurn() {
        PolicyDefinition ppo = Definitions.with(DEFINITION, "estimator.algorithm", "ppo");
        Batch first = new Batch();
        first.add(chose(0), 3);
        Batch second = new Batch();
        second.add(chose(1), 2);

        var twoPasses = new MemoryLearner(Definitions.with(ppo, "estimator.passes", 2));
        twoPasses.learn(List.of(first, second));
        var steps = new MemoryLearner(ppo);
        for (Batch batch : List.of(first, second, first, second)) {
            steps.learn(batch);
        }

        assertThat(twoPasses.theta().values()).isEqualTo(steps.theta().values());
    }

    @Test
    void boundsTheMeanGradient() {
        PolicyDefinition bounded = Definitions.with(DEFINITION, "guards.gradient-norm", 0.5);
        Batch batch = new Batch();
        batch.add(chose(0), 1_000);

        var limited = new MemoryLearner(bounded);
        limited.learn(batch);

        double squares = 0;
        for (float value : limited.theta().values()) {
            squares += value * value;
        }
        assertThat(Math.sqrt(squares)).isCloseTo(0.5 * 0.5, within(1e-6)); // the bound times the learning rate
    }

    private static final float HALF = (float) Math.log(0.5);

    private Trajectory chose(int action) {
        return Trajectory.of(new Decision(two, new int[] {action}, new float[] {HALF}));
    }

    private double probabilityOfFirst() {
        Decision decision = learner.decide(two, new SplittableRandom(1));
        double p = Math.exp(decision.logProbs()[0]);
        return decision.actions()[0] == 0 ? p : 1 - p;
    }

    @Test
    void definitionsChangeInOneKeyOnly() {
        PolicyDefinition changed = Definitions.with(DEFINITION, "estimator.baseline", "mean");

        assertThat(changed.estimator().baseline().kind()).isEqualTo(BaselineSpec.Kind.MEAN);
        assertThat(Definitions.with(changed, "estimator.baseline", "none")).isEqualTo(DEFINITION);
    }
}

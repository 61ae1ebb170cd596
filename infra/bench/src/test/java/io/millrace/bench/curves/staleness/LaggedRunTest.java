package io.millrace.bench.curves.staleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.bench.learner.MemoryLearner;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LaggedRunTest {

    private static final long SEED = 5;
    private static final int VERSIONS = 30;

    @Test
    void withoutLagIsTheSynchronousLearnerBitForBit() {
        for (Objective objective : Objective.values()) {
            MemoryLearner learner = new MemoryLearner(objective.definition());
            Spelling spelling = new Spelling(learner, SEED);
            for (int version = 0; version < VERSIONS; version++) {
                spelling.learn(learner::decide, 0);
            }

            assertThat(learned(objective, new Lag.Versions(0), VERSIONS))
                    .as(objective.title())
                    .isEqualTo(learner.theta().values());
        }
    }

    @Test
    void theLagChangesWhatIsLearnedFromTheSecondVersionOn() {
        float[] fresh = learned(Objective.NAIVE, new Lag.Versions(0), 1);
        assertThat(learned(Objective.NAIVE, new Lag.Versions(1), 1)).isEqualTo(fresh);

        assertThat(learned(Objective.NAIVE, new Lag.Versions(1), 2))
                .isNotEqualTo(learned(Objective.NAIVE, new Lag.Versions(0), 2));
    }

    @Test
    void isNeverOlderThanTheFirstVersion() {
        assertThat(learned(Objective.NAIVE, new Lag.Versions(100), VERSIONS))
                .isEqualTo(learned(Objective.NAIVE, new Lag.Unbounded(), VERSIONS))
                .isNotEqualTo(learned(Objective.NAIVE, new Lag.Versions(VERSIONS - 2), VERSIONS));
    }

    @Test
    void whatIsClippedAboutMattersOnlyFromTheSecondVersionOfLagOn() {
        assertThat(learned(Objective.DECOUPLED, new Lag.Versions(1), VERSIONS))
                .isEqualTo(learned(Objective.NAIVE, new Lag.Versions(1), VERSIONS));
        assertThat(learned(Objective.DECOUPLED, new Lag.Versions(4), VERSIONS))
                .isNotEqualTo(learned(Objective.NAIVE, new Lag.Versions(4), VERSIONS));
    }

    @Test
    void learnsToSpell() {
        var run = new LaggedRun(Objective.DECOUPLED.definition(), new Lag.Versions(4), SEED);
        assertThat(run.value()).as("one sign of sixteen").isBetween(0.06, 0.07);

        for (int version = 0; version < 100; version++) {
            run.step();
        }

        assertThat(run.value()).isGreaterThan(0.8);
    }

    @Test
    void refusesAFutureThatGenerates() {
        assertThatThrownBy(() -> new Lag.Versions(-1)).hasMessage("lag: expected at least 0 versions, found -1");
    }

    private static float[] learned(Objective objective, Lag lag, int versions) {
        var run = new LaggedRun(objective.definition(), lag, SEED);
        for (int version = 0; version < versions; version++) {
            run.step();
        }
        return Arrays.copyOf(run.theta().values(), run.theta().values().length);
    }
}

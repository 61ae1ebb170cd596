package io.millrace.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void keepsAllThatAReferenceSaysOfItWhateverBecomesOfTheBuffer() {
        var batch = new Batch();
        batch.add(Trajectory.of(new Decision(new Context.Tokens(new int[] {0}), new int[] {0, 1}, new float[2])), 1);
        batch.add(Trajectory.of(new Decision(new Context.Tokens(new int[] {1}), new int[] {0}, new float[1])), 1);
        var scores = new Scores();
        scores.append(scored(2, 0.5f));
        scores.append(scored(1, 0.25f));

        batch.setReference(scores);
        scores.clear();
        scores.append(scored(3, 9));

        Scores kept = batch.reference();
        assertThat(kept.length()).isEqualTo(3);
        assertThat(kept.logProb(1)).isEqualTo(-0.5f);
        assertThat(kept.value(2)).isEqualTo(0.25f);
        assertThat(kept.actionValue(0)).isEqualTo(1.5f);
        assertThat(kept.expectedActionValue(0)).isEqualTo(2.5f);
        assertThat(kept.finalValue(0)).isEqualTo(0.5f);
        assertThat(kept.finalValue(1)).isEqualTo(0.25f);
    }

    private static ActionScores scored(int actions, float value) {
        var scores = new ActionScores();
        scores.reset(actions);
        for (int i = 0; i < actions; i++) {
            scores.set(i, -value, 0);
            scores.setValue(i, value);
            scores.setActionValue(i, 1 + value, 2 + value);
        }
        scores.setFinalValue(value);
        return scores;
    }
}

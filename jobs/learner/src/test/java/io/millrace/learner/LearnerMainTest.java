package io.millrace.learner;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LearnerMainTest {

    @Test
    void refusesToRunWithoutCheckpointsAndNamesTheKey() {
        assertThatThrownBy(() -> LearnerMain.main(new String[] {"--millrace.bootstrap-servers", "localhost:1"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("execution.checkpointing.interval: expected the time between checkpoints")
                .hasMessageContaining("found none")
                .hasMessageContaining("--flink");
    }
}

package io.millrace.bench.curves.pronounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LearnedTrajectoriesTest {

    @Test
    void doesNotWaitForEver() {
        LearnedTrajectories learned = new LearnedTrajectories(Clock.systemUTC());

        assertThatThrownBy(() -> learned.await(1, Duration.ofMillis(20)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected more trajectories within PT0.02S, found 0 as before");
    }

    @Test
    void doesNotWaitForWhatIsThere() throws InterruptedException {
        assertThat(new LearnedTrajectories(Clock.systemUTC()).await(0, Duration.ZERO))
                .isZero();
    }
}

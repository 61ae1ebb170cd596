package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

    @Test
    void takesRatesBelowTheOneThatAnUnboundedRunBeginsWith() {
        assertThat(options(Duration.ofSeconds(1), 250, 10).mostPerSecond()).isEqualTo(10);
    }

    @Test
    void refusesWhatCannotBeRunAndNamesTheOption() {
        assertThatThrownBy(() -> options(Duration.ofMillis(10), 250, 10)).hasMessageContaining("--for: expected 1s");
        assertThatThrownBy(() -> options(Duration.ofSeconds(1), 0, 10))
                .hasMessageContaining("--target-lag: expected more than 0 ms, found 0.0");
        assertThatThrownBy(() -> options(Duration.ofSeconds(1), 250, 0))
                .hasMessageContaining("--max-rate: expected more than 0 a second, found 0.0");
        assertThatThrownBy(() -> options(Duration.ofSeconds(1), 250, Double.NaN))
                .hasMessageContaining("--max-rate");
    }

    private static DemoOptions options(Duration length, double targetLagMillis, double mostPerSecond) {
        return new DemoOptions("pronounce", 7, length, 0, Optional.empty(), targetLagMillis, mostPerSecond);
    }
}

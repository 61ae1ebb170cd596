package io.millrace.neural.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FastTanhTest {

    @Test
    void isTanhToAMillionth() {
        for (float x = -12; x <= 12; x += 0.001f) {
            assertThat((double) FastTanh.of(x)).as("tanh(%s)", x).isEqualTo(Math.tanh(x), within(1e-6));
            assertThat(FastTanh.of(-x)).isEqualTo(-FastTanh.of(x));
        }
        assertThat(FastTanh.of(Float.POSITIVE_INFINITY)).isEqualTo(1f, within(1e-6f));
        assertThat(FastTanh.of(Float.NaN)).isNaN();
    }
}

package io.millrace.bench.curves.pronounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void measuresHowFarARunIsFromTheOthers() {
        var spread = new Spread(1, 2, 3);

        assertThat(spread.mean()).isEqualTo(2);
        assertThat(spread.deviation()).isCloseTo(1, within(1e-12));
        assertThat(spread.of(3.5)).isCloseTo(1.5, within(1e-12));
        assertThat(spread.of(0.5)).isCloseTo(1.5, within(1e-12));
    }
}

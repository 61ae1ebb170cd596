package io.millrace.simulator.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private static final int MANY = 200_000;

    private final List<Fate> fates = draw(7);

    @Test
    void fivePercentNeverAnswerAndOnePercentAnswerTwice() {
        assertThat(share(0)).isCloseTo(0.05, within(0.003));
        assertThat(share(2)).isCloseTo(0.01, within(0.002));
    }

    @Test
    void twoPercentAnswerAtOnce() {
        double atOnce = fates.stream()
                .filter(fate -> fate.answers() > 0 && fate.delayNanos() == 0)
                .count();

        assertThat(atOnce / MANY).isCloseTo(0.02, within(0.002));
    }

    @Test
    void delaysAreExponentialWithAMeanOfTwoSeconds() {
        double[] seconds = fates.stream()
                .filter(fate -> fate.delayNanos() > 0)
                .mapToDouble(fate -> fate.delayNanos() / 1e9)
                .sorted()
                .toArray();

        assertThat(IntStream.range(0, seconds.length)
                        .mapToDouble(i -> seconds[i])
                        .average()
                        .orElseThrow())
                .isCloseTo(2.0, within(0.03));
        assertThat(seconds[seconds.length / 2]).isCloseTo(2 * Math.log(2), within(0.03));
        assertThat(seconds[seconds.length * 99 / 100]).isCloseTo(2 * Math.log(100), within(0.3));
    }

    @Test
    void areTheSameForTheSameSeed() {
        assertThat(draw(7)).isEqualTo(fates);
        assertThat(draw(8)).isNotEqualTo(fates);
    }

    @Test
    void refuseSharesThatAreNone() {
        assertThatThrownBy(() -> new Listeners(Duration.ZERO, 0.9, 0.2, 0))
                .hasMessageContaining("never + twice + atOnce: expected a share in [0, 1]");
        assertThatThrownBy(() -> new Listeners(Duration.ZERO, Double.NaN, 0, 0)).hasMessageContaining("never");
        assertThatThrownBy(() -> new Listeners(Duration.ofSeconds(-1), 0, 0, 0)).hasMessageContaining("mean-delay");
    }

    private double share(int answers) {
        return fates.stream().filter(fate -> fate.answers() == answers).count() / (double) MANY;
    }

    private static List<Fate> draw(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, MANY)
                .mapToObj(i -> Listeners.DEFAULT.draw(random))
                .toList();
    }
}

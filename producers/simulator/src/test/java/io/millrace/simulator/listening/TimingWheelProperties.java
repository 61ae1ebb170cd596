package io.millrace.simulator.listening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TimingWheelProperties {

    private static final long TICK = 10;
    private static final long START = -1_000;

    @Property
    void handsOverEverythingOnceNeverEarlyAndWithinATick(
            @ForAll @Size(max = 200) List<@IntRange(max = 2_000) Integer> delays,
            @ForAll @IntRange(min = 1, max = 500) int stride) {
        TimingWheel<Long> wheel = wheel();
        delays.forEach(delay -> wheel.add(START + delay, START + delay));
        List<Long> handed = new ArrayList<>();
        for (long now = START; wheel.size() > 0; now += stride) {
            long time = now;
            wheel.advance(now, due -> {
                assertThat(due).isLessThanOrEqualTo(time).isGreaterThan(time - stride - TICK - 1);
                handed.add(due);
            });
        }

        assertThat(handed).hasSameSizeAs(delays);
    }

    @Example
    void takesMoreWhileItHandsOver() {
        TimingWheel<Long> wheel = wheel();
        List<Long> handed = new ArrayList<>();
        wheel.add(START + 15, 1L);
        wheel.advance(START + 200, item -> {
            handed.add(item);
            if (item < 3) {
                wheel.add(START, item + 1);
            }
        });

        assertThat(handed).containsExactly(1L, 2L, 3L);
        assertThat(wheel.size()).isZero();
    }

    /** A turn of the wheel is 160: most delays are several. */
    private static TimingWheel<Long> wheel() {
        return new TimingWheel<>(TICK, 16, START);
    }
}

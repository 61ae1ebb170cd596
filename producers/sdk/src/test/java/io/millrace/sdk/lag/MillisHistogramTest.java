package io.millrace.sdk.lag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MillisHistogramTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void survivesItsEncoding() {
        var sent = new MillisHistogram();
        for (int millis = 1; millis <= 100; millis++) {
            sent.record(START, START.plusMillis(millis));
        }
        var received = new MillisHistogram();
        received.merge(sent.drain(), 0);

        assertThat(received.count()).isEqualTo(100);
        assertThat(received.percentile(50)).isCloseTo(50, within(1.0));
        assertThat(received.max()).isEqualTo(100);
        assertThat(sent.isEmpty()).isTrue();
    }

    @Test
    void makesEveryTimeLongerByTheSameWhenMerged() {
        var sent = new MillisHistogram();
        sent.record(START, START.plusMillis(40));
        sent.record(START, START.plusMillis(40));
        ByteBuffer encoded = sent.drain();
        var received = new MillisHistogram();
        received.merge(encoded, 10);
        received.merge(encoded, 20);

        assertThat(received.count()).isEqualTo(4);
        assertThat(received.percentile(50)).isEqualTo(50);
        assertThat(received.max()).isEqualTo(60);
    }

    @Test
    void countsADifferenceOfClocksAsNothingAndAnEternityAsAWeek() {
        var times = new MillisHistogram();
        times.record(START, START.minusMillis(5));
        assertThat(times.max()).isZero();

        times.record(Instant.EPOCH, START);
        double week = 7 * 24 * 3_600 * 1_000.0;
        assertThat(times.max()).isCloseTo(week, within(week / 100));
    }

    @Test
    void countsTheTimesUpToABoundAndTheirSum() {
        var times = new MillisHistogram();
        times.record(START, START.plusMillis(20));
        times.record(START, START.plusMillis(21));
        times.record(START, START.plusMillis(100));

        assertThat(times.countAtMost(19)).isZero();
        assertThat(times.countAtMost(20)).isEqualTo(1);
        assertThat(times.countAtMost(3_600_000)).isEqualTo(3);
        assertThat(times.sum()).isCloseTo(141, within(1.0));
    }

    @Test
    void refusesBytesThatAreNoHistogram() {
        assertThatThrownBy(() -> new MillisHistogram().merge(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an HdrHistogram");
    }
}

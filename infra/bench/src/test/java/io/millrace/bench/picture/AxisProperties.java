package io.millrace.bench.picture;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class AxisProperties {

    @Property
    void coversItsNumbersWithAHandfulOfTicks(
            @ForAll @DoubleRange(min = -1e7, max = 1e7) double min,
            @ForAll @DoubleRange(min = 0.01, max = 1e7) double range) {
        double max = min + range;
        Axis axis = Axis.covering(min, max, 6);

        assertThat(axis.share(min)).isBetween(-1e-6, 0.6);
        assertThat(axis.share(max)).isBetween(0.4, 1 + 1e-6);
        assertThat(axis.ticks().length).isBetween(3, 9);
    }

    @Property
    void drawsEvenASingleNumber(@ForAll @DoubleRange(min = -1e7, max = 1e7) double value) {
        Axis axis = Axis.covering(value, value, 6);

        assertThat(axis.high()).isGreaterThan(axis.low());
        assertThat(axis.share(value)).isBetween(-1e-6, 1 + 1e-6);
    }

    @Example
    void ticksAreRoundNumbers() {
        assertThat(Axis.covering(0, 1, 6).ticks()).hasSize(6).contains(0, 1);
        assertThat(Axis.covering(-92, -11, 6).ticks()).containsExactly(-100, -80, -60, -40, -20, 0);
    }

    @Example
    void labelsHaveTheDecimalsOfTheStep() {
        Axis fifths = Axis.covering(0, 1, 6);
        Axis millions = Axis.covering(0, 5_000_000, 6);

        assertThat(fifths.label(0.2)).isEqualTo("0.2");
        assertThat(millions.label(5_000_000)).isEqualTo("5,000,000");
        assertThat(Axis.covering(-1, 1, 6).label(-0.0)).isEqualTo("0.0");
    }
}

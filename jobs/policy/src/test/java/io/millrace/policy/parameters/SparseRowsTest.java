package io.millrace.policy.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SparseRowsTest {

    private static final int ROWS = 40;

    @Property(tries = 200)
    void sumsPartsAsAnAccumulatorDoes(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 7) int parts,
            @ForAll @IntRange(min = 1, max = 9) int width) {
        var random = new SplittableRandom(seed);
        var accumulator = new GradientAccumulator(ParameterLayout.of("w", ROWS, width));
        List<SparseRows> all = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            SparseRows part = random(random, width);
            all.add(part);
            accumulator.add(part);
        }
        SparseRows sum = SparseRows.sum(all);
        SparseRows expected = accumulator.toSparseRows();
        assertThat(sum.rows()).isEqualTo(expected.rows());
        assertThat(sum.values()).containsExactly(expected.values(), within(1e-5f));
        assertThat(sum.squaredNorm()).isCloseTo(expected.squaredNorm(), within(1e-3));
    }

    @Test
    void refusesRowsOutOfOrder() {
        assertThatThrownBy(() -> new SparseRows(1, new int[] {3, 3}, new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ascending")
                .hasMessageContaining("3 before 3");
    }

    @Test
    void normOfValuesThatAreNotFiniteIsNotFinite() {
        assertThat(new SparseRows(2, new int[] {1}, new float[] {1, Float.NaN}).squaredNorm())
                .isNaN();
    }

    private static SparseRows random(SplittableRandom random, int width) {
        int[] rows =
                IntStream.range(0, ROWS).filter(row -> random.nextInt(3) == 0).toArray();
        float[] values = new float[rows.length * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble() - 0.5f;
        }
        return new SparseRows(width, rows, values);
    }
}

package io.millrace.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.fixture.SampleGradient;
import io.millrace.learner.fixture.Serialized;
import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.parameters.SparseRows;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.junit.jupiter.api.Test;

class PartialGradientSerializerTest {

    private final PartialGradientSerializer serializer = PartialGradientSerializer.INSTANCE;

    @Test
    void keepsEveryField() {
        var statistics = new BatchStatistics();
        statistics.trajectories = 1;
        statistics.actions = 2;
        statistics.advantageSum = 3;
        statistics.advantageSquaredSum = 4;
        statistics.entropySum = 5;
        statistics.klSum = 6;
        statistics.weightSum = 7;
        statistics.weightSquaredSum = 8;
        statistics.clipped = 9;
        var totals = new BatchTotals();
        totals.add(10, 11, 12);
        totals.add(13, 14, 15);
        totals.valuesOf("current").add(0.5, 2, 1, 1.5);
        totals.valuesOf("uniform").add(0.25, 2);
        var gradient = new PartialGradient(
                "pick",
                new SparseRows(3, new int[] {2, 7}, new float[] {1, 2, 3, 4, 5, 6}),
                statistics,
                totals,
                new LearnedTrajectories(
                        new String[] {"a", "ü"}, new long[] {1, 2}, new long[] {3, 4}, new long[] {5, 6}));

        assertSame(Serialized.roundTrip(serializer, gradient), gradient);
        assertSame(Serialized.streamed(serializer, gradient), gradient);
    }

    private static void assertSame(PartialGradient actual, PartialGradient expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void keepsAnEmptyGradient() {
        assertSame(Serialized.roundTrip(serializer, serializer.createInstance()), serializer.createInstance());
    }

    @Test
    void keepsTheBitsOfWhatIsNotANumber() {
        float[] values = {Float.intBitsToFloat(0x7fc00001), Float.NEGATIVE_INFINITY, -0f};
        PartialGradient gradient = SampleGradient.of("pick", new SparseRows(1, new int[] {0, 1, 2}, values), "a");

        float[] back = Serialized.roundTrip(serializer, gradient).gradient().values();

        for (int i = 0; i < values.length; i++) {
            assertThat(Float.floatToRawIntBits(back[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
        }
    }

    @Test
    void takesIdsOfAnyLength() {
        String longId = "ü".repeat(70_000);

        PartialGradient back = Serialized.roundTrip(serializer, SampleGradient.of("pick", 1f, new int[] {1}, longId));

        assertThat(back.trajectories().ids()).containsExactly(longId);
    }

    @Test
    void leavesItsHeavyPartBehindWhenAsked() {
        PartialGradient gradient = SampleGradient.of("pick", 1f, new int[] {1, 2}, "a", "b");

        PartialGradient light = gradient.withoutGradient();

        assertThat(light.gradient().count()).isZero();
        assertThat(light.trajectories()).isSameAs(gradient.trajectories());
        assertThat(light.totals()).isSameAs(gradient.totals());
    }

    @Test
    void isWhatItsTypeInformationMakes() {
        var type = new PartialGradientType();

        assertThat(type.createSerializer(new SerializerConfigImpl())).isSameAs(serializer);
        assertThat(type).isEqualTo(new PartialGradientType()).hasSameHashCodeAs(new PartialGradientType());
        assertThat(serializer.snapshotConfiguration().restoreSerializer()).isSameAs(serializer);
    }
}

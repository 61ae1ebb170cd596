package io.millrace.policy.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaEncoderTest {

    private static final ParameterLayout LAYOUT = ParameterLayout.of("table", 100, 49);

    private final GradientAccumulator pending = new GradientAccumulator(LAYOUT);
    private final float[] theta = new float[LAYOUT.size()];
    private final DeltaEncoder encoder = new DeltaEncoder(LAYOUT);

    @Test
    void mapsTheLargestValueOfABlockTo127() {
        touch(3, 2.54f);
        EncodedParameters encoded = encoder.encode(pending, theta);
        assertThat(encoded.encoding()).isEqualTo("delta-sparse-i8");
        assertThat(encoded.payload()).endsWith(filled(49, (byte) 127));
        assertThat(theta[3 * 49]).isEqualTo(127 * (2.54f / 127));
    }

    @Test
    void sendsMostlyTouchedLayoutsWithoutRowIndices() {
        for (int row = 0; row < 75; row++) {
            touch(row, 1f);
        }
        EncodedParameters encoded = encoder.encode(pending, theta);
        assertThat(encoded.encoding()).isEqualTo("delta-dense-i8");
        // Head of 3 bytes, 75 blocks of a scale and 49 values, 25 blocks of zeros.
        assertThat(encoded.payload()).hasSize(3 + 75 * 53 + 25 * 4);
    }

    @Test
    void sendsRowsOfZerosAsAScaleOnly() {
        pending.touch(5);
        assertThat(encoder.encode(pending, theta).payload()).hasSize(3 + 1 + 1 + 4);
    }

    @Test
    void sendsAnEmptyDeltaWhenNothingIsPending() {
        assertThat(encoder.encode(pending, theta).payload()).hasSize(3 + 1);
        assertThat(theta).containsOnly(0f);
    }

    /** Exactly, not nearly: what is added to θ and what stays pending are together what was pending. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 1.0})
    void keepsExactlyWhatQuantisationLost(double share) {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            for (int row = 0; row < LAYOUT.rows(); row++) {
                if (random.nextDouble() < share) {
                    touch(row, (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-30, 30))));
                }
            }
            float[] before = pending.values().clone();
            float[] delta = new float[LAYOUT.size()];
            encoder.encode(pending, delta);
            for (int i = 0; i < before.length; i++) {
                assertThat(delta[i] + pending.values()[i]).isEqualTo(before[i]);
                assertThat((double) delta[i] + pending.values()[i]).isEqualTo(before[i]);
            }
        }
    }

    @Test
    void sumOfDeltasAndTheResidualIsTheSumOfAllSteps() {
        Random random = new Random(11);
        double[] sum = new double[LAYOUT.size()];
        for (int round = 0; round < 500; round++) {
            for (int i = 0; i < 20; i++) {
                int row = random.nextInt(LAYOUT.rows());
                pending.touch(row);
                for (int at = row * 49; at < (row + 1) * 49; at++) {
                    float step = (float) random.nextGaussian() * 0.01f;
                    pending.values()[at] += step;
                    sum[at] += step;
                }
            }
            encoder.encode(pending, theta);
        }
        for (int i = 0; i < sum.length; i++) {
            assertThat((double) theta[i] + pending.values()[i]).isCloseTo(sum[i], within(1e-4));
        }
    }

    @Test
    void leavesNoRowTouchedAndKeepsTheResidualForTheNextDelta() {
        pending.touch(0);
        pending.values()[0] = 127f;
        pending.values()[1] = 0.25f;
        encoder.encode(pending, theta);
        assertThat(pending.touchedRows()).isZero();
        assertThat(theta[1]).isZero();
        assertThat(pending.values()[1]).isEqualTo(0.25f);
        pending.touch(0);
        encoder.encode(pending, theta);
        assertThat(theta[1]).isEqualTo(0.25f);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesNonFiniteStepsBeforeAnythingIsChanged(float poison) {
        touch(2, 1f);
        touch(40, 1f);
        pending.values()[40 * 49 + 7] = poison;
        float[] before = pending.values().clone();
        assertThatThrownBy(() -> encoder.encode(pending, theta))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("expected finite values, found NaN or an infinity in rows 40 to 40");
        assertThat(pending.values()).containsExactly(before);
        assertThat(pending.touchedRows()).isEqualTo(2);
        assertThat(theta).containsOnly(0f);
    }

    @Test
    void refusesAStepThatWouldMakeAParameterInfinite() {
        theta[40 * 49] = Float.MAX_VALUE;
        touch(2, 1f);
        touch(40, 1e38f);
        assertThatThrownBy(() -> encoder.encode(pending, theta))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("expected parameters that stay finite");
        assertThat(theta[2 * 49]).isZero();
        assertThat(theta[40 * 49]).isEqualTo(Float.MAX_VALUE);
    }

    @Test
    void refusesParametersOfAnotherLayout() {
        assertThatThrownBy(() -> encoder.encode(pending, new float[3]))
                .hasMessage("parameters: expected 4900 values as in the layout, found 3");
    }

    private void touch(int row, float value) {
        pending.touch(row);
        Arrays.fill(pending.values(), row * 49, (row + 1) * 49, value);
    }

    private static byte[] filled(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }
}

package io.millrace.policy.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SnapshotEncoderTest {

    private static final ParameterLayout LAYOUT = ParameterLayout.of("table", 40, 5);

    @Test
    void keepsEveryBitOfADenseVector() throws CorruptPayloadException {
        float[] theta = new float[LAYOUT.size()];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = Float.intBitsToFloat(0x3f800000 + i * 977);
        }
        theta[7] = -0f;
        assertThat(SnapshotEncoder.encode(LAYOUT, theta).encoding()).isEqualTo("snapshot-dense-f32");
        assertThat(roundTrip(theta)).isEqualTo(bits(theta));
    }

    @Test
    void leavesRowsOfZerosOutAndKeepsTheSignOfZero() throws CorruptPayloadException {
        float[] theta = new float[LAYOUT.size()];
        theta[11 * 5 + 1] = -0f;
        theta[39 * 5 + 4] = 1.5f;
        EncodedParameters encoded = SnapshotEncoder.encode(LAYOUT, theta);
        assertThat(encoded.encoding()).isEqualTo("snapshot-sparse-f32");
        assertThat(encoded.payload()).hasSize(2 + 1 + 1 + 2 + 2 * 5 * 4);
        assertThat(roundTrip(theta)).isEqualTo(bits(theta));
    }

    @Test
    void encodesAVectorOfZeros() throws CorruptPayloadException {
        assertThat(roundTrip(new float[LAYOUT.size()])).containsOnly(0);
    }

    @Test
    void refusesAVectorOfAnotherLayout() {
        assertThatThrownBy(() -> SnapshotEncoder.encode(LAYOUT, new float[3]))
                .hasMessage("snapshot: expected 200 parameters as in the layout, found 3");
    }

    /** Into a vector that held something else, so that what is left out must be overwritten too. */
    private static int[] roundTrip(float[] theta) throws CorruptPayloadException {
        EncodedParameters encoded = SnapshotEncoder.encode(LAYOUT, theta);
        SnapshotPayload payload = new SnapshotPayload(LAYOUT);
        payload.read(Encoding.of(encoded.encoding()).orElseThrow(), encoded.payload());
        float[] decoded = new float[theta.length];
        Arrays.fill(decoded, 3f);
        payload.copyTo(decoded);
        assertThat(payload.checksum()).isEqualTo(Checksums.of(theta));
        return bits(decoded);
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}

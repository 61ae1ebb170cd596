package io.millrace.policy.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ChecksumsTest {

    /** RFC 3720, B.4: the CRC-32C of 32 bytes of zeros is AA 36 91 8A on the wire, 8A9136AA as a number. */
    @Test
    void ofEightZerosIsThePublishedChecksumOf32ZeroBytes() {
        assertThat(Checksums.of(new float[8])).isEqualTo(0x8A9136AA);
    }

    @Test
    void ofALongVectorIsTheChecksumOfItsLittleEndianBits() {
        float[] theta = new float[10_001];
        Random random = new Random(1);
        ByteBuffer bytes = ByteBuffer.allocate(theta.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < theta.length; i++) {
            theta[i] = random.nextFloat();
            bytes.putInt(Float.floatToRawIntBits(theta[i]));
        }
        CRC32C expected = new CRC32C();
        expected.update(bytes.array());
        assertThat(Checksums.of(theta)).isEqualTo((int) expected.getValue());
    }

    /** The check value of CRC-32C: that of "123456789". */
    @Test
    void chainIsTheChecksumOfThePreviousOneLittleEndianAndThePayload() {
        int previous = ByteBuffer.wrap("1234".getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        byte[] payload = "56789".getBytes(StandardCharsets.US_ASCII);
        assertThat(Checksums.chain(previous, payload)).isEqualTo(0xE3069283);
    }
}

package io.millrace.policy.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.ParameterLayout.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ParameterFileTest {

    /** Two tensors whose order by name is not their order in θ. */
    static final ParameterLayout LAYOUT = new ParameterLayout(List.of(new Tensor("w", 2, 3), new Tensor("b", 1, 2)), 2);

    static final float[] THETA = {1f, -2f, 0.5f, 3.25f, -0f, 1e-38f, 7f, 8.5f};

    /**
     * What the reference implementation, version 0.8.0, writes for the arrays w = [[1, -2, 0.5], [3.25, -0, 1e-38]] and
     * b = [[7, 8.5]] of float32: {@code safetensors.numpy.save({"w": w, "b": b}, metadata={"from": "reference"})}.
     */
    private static final String BY_THE_REFERENCE = "9800000000000000" // the header's length: 152
            + hex("{\"__metadata__\":{\"from\":\"reference\"},"
                    + "\"b\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                    + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[8,32]}}    ")
            + "0000e04000000841" // b: 7, 8.5
            + "0000803f000000c00000003f" // w: 1, -2, 0.5
            + "0000504000000080eee36c00"; //    3.25, -0, 1e-38

    @Test
    void writesWhatTheReferenceImplementationWrites() throws IOException {
        var file = new ParameterFile(new TreeMap<>(Map.of("from", "reference")), THETA);

        assertThat(HexFormat.of().formatHex(bytes(file))).isEqualTo(BY_THE_REFERENCE);
    }

    @Test
    void readsWhatTheReferenceImplementationWrites() throws IOException {
        ParameterFile file = read(HexFormat.of().parseHex(BY_THE_REFERENCE));

        assertThat(file.theta()).containsExactly(THETA);
        assertThat(Float.floatToRawIntBits(file.theta()[4])).as("-0").isEqualTo(0x80000000);
        assertThat(file.metadata()).containsExactly(Map.entry("from", "reference"));
    }

    @Test
    void saysWhereItsParametersCameFrom() throws IOException {
        SortedMap<String, String> metadata = read(bytes(
                        ParameterFile.of("shop", "choice", 1_700_000_000_123L, 41, THETA)))
                .metadata();

        assertThat(metadata)
                .containsEntry("policy", "shop")
                .containsEntry("kind", "choice")
                .containsEntry("epoch", "1700000000123")
                .containsEntry("version", "41")
                .containsOnlyKeys("policy", "kind", "epoch", "version", "checksum");
        assertThat(metadata.get("checksum")).matches("[0-9a-f]{8}");
    }

    @Test
    void alignsItsValuesToEightBytes() throws IOException {
        for (String length : List.of("", "1", "12", "123", "1234", "12345", "123456", "1234567")) {
            byte[] bytes = bytes(new ParameterFile(new TreeMap<>(Map.of("k", length)), THETA));

            assertThat(bytes[0] % ParameterFile.ALIGNMENT).isZero();
            assertThat(bytes).hasSize(Long.BYTES + Byte.toUnsignedInt(bytes[0]) + THETA.length * Float.BYTES);
        }
    }

    @Test
    void writesNoMetadataWhereThereIsNone() throws IOException {
        assertThat(new String(bytes(new ParameterFile(new TreeMap<>(), THETA)), StandardCharsets.ISO_8859_1))
                .doesNotContain("__metadata__");
    }

    @Test
    void readsValuesThatTakeSeveralBuffers() throws IOException {
        ParameterLayout layout = ParameterLayout.of("large", 50_000, 3);
        float[] theta = new float[layout.size()];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = i;
        }
        var out = new ByteArrayOutputStream();
        ParameterFile.of("p", "choice", 1, 2, theta).write(layout, out);

        assertThat(ParameterFile.read(layout, new ByteArrayInputStream(out.toByteArray()))
                        .theta())
                .isEqualTo(theta);
    }

    @Test
    void refusesAFileThatIsCutOffAnywhere() throws IOException {
        byte[] whole = bytes(ParameterFile.of("shop", "choice", 1, 2, THETA));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).as("%d bytes", length).isInstanceOf(TensorFileException.class);
        }
    }

    @Test
    void refusesBytesAfterTheLastTensor() throws IOException {
        byte[] whole = bytes(ParameterFile.of("shop", "choice", 1, 2, THETA));

        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("the end of the file after the last tensor");
    }

    @Test
    void refusesParametersThatAreNotWhatTheMetadataSays() throws IOException {
        byte[] bytes = bytes(ParameterFile.of("shop", "choice", 1, 2, THETA));
        bytes[bytes.length - 3] ^= 1;

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("CRC-32C")
                .hasMessageContaining("remove 'checksum'");
    }

    @Test
    void refusesNumbersThatAreNotFinite() throws IOException {
        for (float impossible : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] theta = THETA.clone();
            theta[6] = impossible;
            byte[] bytes = bytes(new ParameterFile(new TreeMap<>(), theta));

            assertThatThrownBy(() -> read(bytes))
                    .isInstanceOf(TensorFileException.class)
                    .hasMessageContaining("values of 'b': expected finite numbers");
        }
    }

    @Test
    void refusesToWriteAnotherNumberOfParametersThanTheLayoutHas() {
        assertThatThrownBy(() -> bytes(new ParameterFile(new TreeMap<>(), new float[7])))
                .hasMessageContaining("expected 8 parameters");
    }

    @Test
    void refusesALayoutWhoseTensorsAFileCannotTellApart() {
        var twins = new ParameterLayout(List.of(new Tensor("w", 1, 1), new Tensor("w", 1, 1)), 1);
        var text = ParameterLayout.of("__metadata__", 2, 1);

        for (ParameterLayout layout : List.of(twins, text)) {
            assertThatThrownBy(() ->
                            new ParameterFile(new TreeMap<>(), new float[2]).write(layout, new ByteArrayOutputStream()))
                    .hasMessageContaining("names of their own");
        }
    }

    static byte[] bytes(ParameterFile file) throws IOException {
        var out = new ByteArrayOutputStream();
        file.write(LAYOUT, out);
        return out.toByteArray();
    }

    static ParameterFile read(byte[] bytes) throws IOException {
        return ParameterFile.read(LAYOUT, new ByteArrayInputStream(bytes));
    }

    private static String hex(String ascii) {
        return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}

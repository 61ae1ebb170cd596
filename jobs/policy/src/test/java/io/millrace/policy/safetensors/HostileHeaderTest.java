package io.millrace.policy.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of files that nobody should trust, for the layout w [2 × 3], b [1 × 2]. */
final class HostileHeaderTest {

    private static final String B = "\"b\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}";
    private static final String W = "\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[8,32]}";
    private static final int VALUES = 32;

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("{" + B + "," + W.replace("[8,32]", "[4,28]") + "}", "overlap"),
                Arguments.of("{" + B + "," + W.replace("[8,32]", "[0,24]") + "}", "overlap"),
                Arguments.of("{" + B + "," + W.replace("[8,32]", "[12,36]") + "}", "hole"),
                Arguments.of("{" + B.replace("[0,8]", "[8,16]") + "," + W.replace("[8,32]", "[16,40]") + "}", "hole"),
                Arguments.of("{" + B + "," + W.replace("[8,32]", "[8,31]") + "}", "24 bytes"),
                Arguments.of("{" + B + "," + W.replace("[8,32]", "[8,4]") + "}", "data_offsets of 'w'"),
                Arguments.of("{" + B + "," + W.replace("[8,32]", "[8]") + "}", "[begin, end]"),
                Arguments.of("{" + B + "," + W.replace("[8,32]", "[8,32,40]") + "}", "[begin, end]"),
                Arguments.of("{" + B + "," + W.replace("[8,32]", "\"8,32\"") + "}", "a list of whole numbers"),
                Arguments.of("{" + B + "," + W.replace("[8,32]", "[8,32.0]") + "}", "whole numbers"),
                Arguments.of("{" + B.replace("[0,8]", "[-8,0]") + "," + W + "}", "whole numbers from 0"),
                Arguments.of("{" + B + "," + W.replace("32]", "9223372036854775808]") + "}", "2^63"),
                Arguments.of("{" + B + "," + W.replace("[2,3]", "[3,2]") + "}", "shape of 'w'"),
                Arguments.of("{" + B + "," + W.replace("[2,3]", "[6]") + "}", "shape of 'w'"),
                Arguments.of(
                        "{" + B + "," + W.replace("[2,3]", "[4611686018427387904,8]") + "}", "number of bytes below"),
                Arguments.of("{" + B + "," + W.replace("F32", "F16") + "}", "expected F32, found F16"),
                Arguments.of("{" + B + "," + W.replace("\"F32\"", "32") + "}", "dtype of 'w'"),
                Arguments.of("{" + B + "," + W.replace("\"dtype\":\"F32\",", "") + "}", "no dtype"),
                Arguments.of("{" + B + "," + W.replace("\"shape\":[2,3],", "") + "}", "shape of 'w'"),
                Arguments.of("{" + B + "," + W.replace(",\"data_offsets\":[8,32]", "") + "}", "data_offsets of 'w'"),
                Arguments.of("{" + B + "," + B + "," + W + "}", "Duplicate"),
                Arguments.of("{" + B + "," + W.replace("\"dtype\"", "\"shape\":[2,3],\"dtype\"") + "}", "Duplicate"),
                Arguments.of("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}," + B + "," + W + "}", "Duplicate"),
                Arguments.of("{\"__metadata__\":{\"a\":1}," + B + "," + W + "}", "__metadata__ 'a'"),
                Arguments.of("{\"__metadata__\":[]," + B + "," + W + "}", "an object"),
                Arguments.of("{" + B + ",\"w\":null}", "'w': expected an object"),
                Arguments.of("{" + B + "}", "none of the name of [w]"),
                Arguments.of("{}", "none of the name of [b, w]"),
                Arguments.of("{" + B + "," + W.replace("\"w\"", "\"v\"") + "}", "found 'v'"),
                Arguments.of(" {" + B + "," + W + "}", "begins with '{'"),
                Arguments.of("[" + B + "]", "begins with '{'"),
                Arguments.of("", "begins with '{', found nothing"),
                Arguments.of("{" + B + "," + W + "} {}", "spaces after it"),
                Arguments.of("{" + B + "," + W, "one JSON object"),
                Arguments.of("{" + B + "," + W + ",}", "one JSON object"),
                Arguments.of("{" + B + "," + W.replace("[2,3]", "[NaN]") + "}", "one JSON object"),
                Arguments.of("{\"deep\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}", "an object"),
                Arguments.of(
                        "{" + W.replace("[2,3]", "[2,3],\"x\":" + "[".repeat(5_000) + "]".repeat(5_000)) + "}",
                        "one JSON object"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedWithItsFault(String header, String fault) {
        assertThatThrownBy(() -> read(header))
                .isInstanceOf(TensorFileException.class)
                .hasMessageStartingWith("Tensor file refused: ")
                .hasMessageContaining(fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + B + "," + W + "}",
                "{" + W + "," + B + "}",
                "{ " + B + " , " + W + " }     ",
                "{\"__metadata__\":{}," + B + "," + W + "}",
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8],\"later\":{\"a\":[1]}}," + W + "}"
            })
    void isNotRefusedForWhatTheFormatAllows(String header) throws IOException {
        assertThat(read(header).theta()).hasSize(8).containsOnly(0f);
    }

    @Test
    void isRefusedForBytesThatAreNoUtf8() {
        byte[] header = "{\"\u00e9\":1}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> ParameterFileTest.read(file(header.length, header)))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("expected UTF-8");
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000_001L, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1L})
    void isRefusedWhenItSaysThatItIsLongerThanAnyHeader(long length) {
        assertThatThrownBy(() -> ParameterFileTest.read(file(length, new byte[0])))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("at most 100000000 bytes, found " + Long.toUnsignedString(length));
    }

    @Test
    void isRefusedWhenTheFileEndsBeforeIt() {
        assertThatThrownBy(() -> ParameterFileTest.read(file(100_000_000, new byte[100])))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("the file is cut off");
    }

    private static ParameterFile read(String header) throws IOException {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return ParameterFile.read(ParameterFileTest.LAYOUT, new ByteArrayInputStream(file(bytes.length, bytes)));
    }

    private static byte[] file(long length, byte[] header) {
        ByteBuffer file =
                ByteBuffer.allocate(Long.BYTES + header.length + VALUES).order(ByteOrder.LITTLE_ENDIAN);
        return file.putLong(length).put(header).array();
    }
}

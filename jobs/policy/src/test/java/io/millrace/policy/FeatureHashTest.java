package io.millrace.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureHashTest {

    /** The first half of each digest as other implementations of MurmurHash3 x64 128 print it. */
    @ParameterizedTest
    @CsvSource({
        "'', 0000000000000000",
        "hello, cbd8a7b341bd9b02",
        "The quick brown fox jumps over the lazy dog, e34bbc7bbc071b6c",
    })
    void equalsThePublishedReferenceVectors(String name, String expected) {
        assertThat(FeatureHash.of(name)).isEqualTo(Long.parseUnsignedLong(expected, 16));
    }
}

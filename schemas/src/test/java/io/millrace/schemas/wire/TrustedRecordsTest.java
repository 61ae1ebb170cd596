package io.millrace.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In a JVM of its own: the tests' own JVM trusts the contract by a system property. */
class TrustedRecordsTest {

    @Test
    void codecWorksWithoutASystemPropertyAndTrustsNothingElse() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        UntrustingJvm.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output.lines().filter(line -> !line.startsWith("SLF4J")))
                .containsExactly(
                        "before: Generation false, DeadLetterReason false",
                        "decoded: true, true",
                        "after: Generation true, Feature true, DeadLetterReason true",
                        "others: String true, File false, Topic false, Sighting false");
        assertThat(jvm.exitValue()).isZero();
    }
}

package io.millrace.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The world must not see the agent: no class of the simulator names one of the policy's. */
class BlindnessTest {

    @Test
    void noClassKnowsThePolicy() throws IOException, URISyntaxException {
        Path classes = Path.of(Simulation.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(".class")).toList();

            assertThat(all).hasSizeGreaterThan(20);
            assertThat(all).filteredOn(file -> names(file, "io/millrace/sdk/")).isNotEmpty();
            assertThat(all)
                    .filteredOn(file -> names(file, "io/millrace/policy/"))
                    .isEmpty();
        }
    }

    private static boolean names(Path file, String packagePath) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(packagePath);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

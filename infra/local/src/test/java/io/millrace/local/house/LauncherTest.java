package io.millrace.local.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class LauncherTest {

    /** A JVM that has run out of memory otherwise goes on without the threads that it has lost. */
    @Test
    void endsTheProcessWhenMemoryIsOut() throws Exception {
        Path launcher = Path.of("").toAbsolutePath().resolve("../../millrace");

        assertThat(Files.readString(launcher)).contains(" -XX:+ExitOnOutOfMemoryError ");
    }
}

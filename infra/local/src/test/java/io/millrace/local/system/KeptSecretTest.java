package io.millrace.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.files.WorkingDirectory;
import io.millrace.server.token.FeedbackSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptSecretTest {

    @Test
    void isMadeOnceAndLeavesNothingElse(@TempDir Path directory) throws Exception {
        FeedbackSecret first = secret(directory);

        assertThat(secret(directory)).isEqualTo(first);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("feedback.secret"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("feedback.secret"))))
                .isEqualTo("rw-------");
    }

    @Test
    void isMadeThoughAnEarlierStartWasKilledInTheMiddle(@TempDir Path directory) throws Exception {
        Files.createFile(directory.resolve("feedback.secret123.new"));

        assertThat(secret(directory)).isEqualTo(secret(directory));
    }

    @Test
    void saysHowToMendAnEmptyFile(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("feedback.secret"));

        assertThatThrownBy(() -> secret(directory))
                .hasMessageContaining("found an empty file")
                .hasMessageContaining(file.toString())
                .hasMessageContaining("delete the file");
    }

    private static FeedbackSecret secret(Path directory) {
        try (WorkingDirectory data = WorkingDirectory.of(Optional.of(directory), "unused")) {
            return KeptSecret.in(data);
        }
    }
}

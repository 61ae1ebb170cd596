package io.millrace.local.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingDirectoryTest {

    private static final String PREFIX = "millrace-working-directory-test-";

    @TempDir
    private Path kept;

    @Test
    void refusesWhatIsNotEmpty() throws IOException {
        Files.writeString(kept.resolve("meta.properties"), "cluster.id=another");

        try (WorkingDirectory directory = WorkingDirectory.of(Optional.of(kept), PREFIX)) {
            assertThatThrownBy(directory::empty)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("data directory: expected an empty one, found ")
                    .hasMessageContaining("meta.properties; give another directory, or delete what is in it");
        }
        assertThat(kept.resolve("meta.properties")).exists();
    }

    @Test
    void keepsWhatItWasGiven() throws IOException {
        try (WorkingDirectory directory =
                WorkingDirectory.of(Optional.of(kept), PREFIX).empty().locked()) {
            Files.createFile(directory.path().resolve("data"));
        }
        assertThat(kept.resolve("data")).exists();
    }

    @Test
    void deletesWhatIsTemporary() throws IOException {
        Path path;
        try (WorkingDirectory directory =
                WorkingDirectory.of(Optional.empty(), PREFIX).locked()) {
            path = directory.path();
            Files.createFile(path.resolve("data"));
        }
        assertThat(path).doesNotExist();
    }

    /** As a process leaves it that was killed: no lock is held any more. */
    @Test
    void deletesWhatAKilledProcessLeftAndNothingElse() throws IOException {
        Path abandoned = Files.createTempDirectory(PREFIX);
        Files.createFile(abandoned.resolve("millrace.lock"));
        Files.createFile(abandoned.resolve("millrace.temporary"));
        Files.createDirectories(abandoned.resolve("logs/more"));
        Path somebodys = Files.createTempDirectory(PREFIX);
        Files.createFile(somebodys.resolve("millrace.lock"));
        try (WorkingDirectory inUse =
                        WorkingDirectory.of(Optional.empty(), PREFIX).locked();
                WorkingDirectory next =
                        WorkingDirectory.of(Optional.empty(), PREFIX).locked()) {
            assertThat(abandoned).doesNotExist();
            assertThat(somebodys).exists();
            assertThat(inUse.path()).exists();
            assertThat(next.path()).exists();
        } finally {
            Files.delete(somebodys.resolve("millrace.lock"));
            Files.delete(somebodys);
        }
    }
}

package io.millrace.local.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {

    @Test
    void keepsASecondOneOutUntilItIsClosed(@TempDir Path directory) {
        DirectoryLock first = DirectoryLock.of(directory);
        assertThatThrownBy(() -> DirectoryLock.of(directory).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("found " + directory + " in use");
        first.close();
        DirectoryLock.of(directory).close();
    }
}

package io.millrace.local.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WritableTest {

    @Test
    void leavesTheFileAsItWas(@TempDir Path directory) throws Exception {
        Path there = Files.writeString(directory.resolve("there"), "content");
        Path absent = directory.resolve("absent");

        Writable.require("--report", there);
        Writable.require("--report", absent);

        assertThat(there).hasContent("content");
        assertThat(absent).doesNotExist();
    }

    @Test
    void refusesWhatCannotBeWritten(@TempDir Path directory) {
        for (Path impossible : new Path[] {directory, directory.resolve("no/such/directory/r.json")}) {
            assertThatThrownBy(() -> Writable.require("--report", impossible))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--report: expected a file that can be written")
                    .hasMessageContaining(impossible.toString());
        }
    }
}

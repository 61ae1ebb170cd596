package io.millrace.local.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that a test needs and that Maven cannot bring. Where it is not installed its tests are skipped, unless the
 * environment variable {@value #REQUIRED} names it: CI installs what it can, and must not pass by skipping.
 */
public final class OutsideTool {

    private static final String REQUIRED = "MILLRACE_REQUIRED_TOOLS";

    private final String name;

    private OutsideTool(String name) {
        this.name = name;
    }

    /** Skips the calling test, or fails it, where the tool is not there. */
    public static OutsideTool require(String name) {
        boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        require(name, there, "in the PATH");
        return new OutsideTool(name);
    }

    /** The same of a tool that is more than a program in the PATH. */
    static void require(String name, boolean there, String where) {
        boolean required = Arrays.asList(
                        System.getenv().getOrDefault(REQUIRED, "").split(","))
                .contains(name);
        assertThat(there || !required)
                .as("%s names %s: expected it %s, found none", REQUIRED, name, where)
                .isTrue();
        assumeTrue(there, name + ": none " + where);
    }

    /** Runs it, and answers what it printed; fails when its exit status is not 0. */
    public String run(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of(name), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String printed;
        try (var reader = process.inputReader()) {
            printed = String.join("\n", reader.lines().toList());
        }
        assertThat(process.waitFor()).as("%s printed:%n%s", command, printed).isZero();
        return printed;
    }
}

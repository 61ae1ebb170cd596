package io.millrace.local.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        return requireOneOf(name);
    }

    /** The first one that is there, of those that do as well; otherwise as {@link #require}. */
    public static OutsideTool requireOneOf(String... names) {
        Optional<String> there =
                Stream.of(names).filter(OutsideTool::isInstalled).findFirst();
        failWhereRequired(List.of(names), there.isPresent(), "in the PATH");
        assumeTrue(there.isPresent(), "none is installed of " + List.of(names));
        return new OutsideTool(there.orElseThrow());
    }

    private static boolean isInstalled(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }

    /** Fails where the tool is not there though it may not be missing. */
    static void failWhereRequired(String name, boolean there, String where) {
        failWhereRequired(List.of(name), there, where);
    }

    private static void failWhereRequired(List<String> names, boolean there, String where) {
        List<String> required =
                Arrays.asList(System.getenv().getOrDefault(REQUIRED, "").split(","));
        assertThat(there || names.stream().noneMatch(required::contains))
                .as("%s names one of %s: expected it %s, found none", REQUIRED, names, where)
                .isTrue();
    }

    public String name() {
        return name;
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

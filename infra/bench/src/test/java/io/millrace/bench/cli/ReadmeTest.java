package io.millrace.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says of {@code ./millrace bench} must parse; the class paths of the two commands differ. */
class ReadmeTest {

    private static final Pattern COMMAND = Pattern.compile("^ {4}\\./millrace bench (.*)$", Pattern.MULTILINE);

    @Test
    void itsMeasurementsParse() throws IOException {
        List<String> commands = COMMAND.matcher(Files.readString(Path.of("../../README.md")))
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(commands)
                .isNotEmpty()
                .allSatisfy(command -> assertThatCode(
                                () -> BenchCli.commandLine().parseArgs(command.split("\\s+", -1)))
                        .as(command)
                        .doesNotThrowAnyException());
    }
}

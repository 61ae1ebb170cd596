package io.millrace.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CurvesCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void refusesASuiteThatDoesNotExist() {
        assertThat(execute("curves", "--suite", "no-such")).isEqualTo(2);

        assertThat(err.toString()).contains("--suite: expected one of [gradient-bandit,", "found 'no-such'");
    }

    @Test
    void refusesALengthOfNothing() {
        assertThat(execute("curves", "--suite", "gradient-bandit", "--length", "0"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--length: expected a share greater than 0, found 0.0");
    }

    @Test
    void listsItsSuites() {
        assertThat(execute("curves", "--list")).isZero();

        assertThat(out.toString()).contains(Suites.names());
    }

    @Test
    void reportsAndDrawsASuiteAndSaysThatAShortRunFellShort(@TempDir Path directory) throws IOException {
        Path report = directory.resolve("report.json");
        Path pictures = directory.resolve("pictures");

        int status = execute(
                "curves",
                "--suite",
                "gradient-bandit",
                "--length",
                "0.001",
                "--json",
                "--report",
                report.toString(),
                "--pictures",
                pictures.toString());

        JsonNode written = new ObjectMapper().readTree(report.toFile());
        assertThat(status).isEqualTo(1);
        assertThat(written).isEqualTo(new ObjectMapper().readTree(out.toString()));
        assertThat(written.at("/suites/0/name").asText()).isEqualTo("gradient-bandit");
        assertThat(written.at("/suites/0/measures/0/measured").asInt()).isEqualTo(2);
        assertThat(written.at("/suites/0/measures/0/ok").asBoolean()).isFalse();
        assertThat(Files.readString(pictures.resolve("gradient-bandit.svg"))).contains("with baseline, α = 0.1");
    }

    @Test
    void tellsPeopleWhatFellShort() {
        execute("curves", "--suite", "gradient-bandit", "--length", "0.001");

        assertThat(out.toString())
                .contains("required 0.84 ± 0.03; 0.84 in Sutton & Barto 2018, figure 2.5")
                .containsPattern("runs +2 runs; required ≥ 2000.*FELL SHORT");
    }

    private int execute(String... arguments) {
        CommandLine command = BenchCli.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }
}

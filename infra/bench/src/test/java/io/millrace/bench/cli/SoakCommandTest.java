package io.millrace.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SoakCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void watchesBothKindsAndSaysThatAShortRunFellShort(@TempDir Path directory) throws IOException {
        Path report = directory.resolve("report.json");

        assertThat(execute("soak", "--batches", "20", "--report", report.toString()))
                .isEqualTo(1);

        JsonNode written = new ObjectMapper().readTree(report.toFile());
        assertThat(written.at("/suites").findValuesAsText("name")).contains("soak-mlp", "soak-seq2seq", "growth");
        assertThat(written.at("/suites/1/measures/1/measured").asDouble())
                .as("MiB of a JVM with ND4J")
                .isGreaterThan(50);
        assertThat(out.toString()).contains("20 gradients of batches of 1 to 64 trajectories; required ≥ 10000");
    }

    @Test
    void refusesToWatchNothing() {
        assertThat(execute("soak", "--batches", "0")).isEqualTo(2);

        assertThat(err.toString()).contains("--batches: expected 1 or more, found 0");
    }

    private int execute(String... arguments) {
        CommandLine command = BenchCli.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }
}

package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.processes.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flink's own command line, {@code flink run -d …}, as a process.
 *
 * @param conf the cluster's configuration directory
 */
record FlinkCommandLine(Path conf) {

    private static final Pattern SUBMITTED = Pattern.compile("Job has been submitted with JobID (\\w+)");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Submits a job with the arguments of its main class; answers with its id. */
    String run(Path jar, List<String> arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dlog4j.configurationFile=" + conf.resolve("log4j.properties"),
                "-cp",
                Installation.here().flinkClassPath(),
                "org.apache.flink.client.cli.CliFrontend",
                "run",
                "-d",
                jar.toString()));
        words.addAll(arguments);
        Path printed = Files.createTempFile("millrace-flink-run-", ".log");
        try {
            return jobId(words, printed);
        } finally {
            Files.delete(printed);
        }
    }

    private String jobId(List<String> words, Path printed) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().put("FLINK_CONF_DIR", conf.toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(Files.readString(printed))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(printed);
        Matcher submitted = SUBMITTED.matcher(text);
        assertThat(submitted.find()).as(text).isTrue();
        return submitted.group(1);
    }
}

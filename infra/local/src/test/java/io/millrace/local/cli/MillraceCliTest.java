package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class MillraceCliTest {

    private static final String NOWHERE = "--bootstrap-servers 127.0.0.1:1 --timeout 200ms";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine millrace =
            MillraceCli.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void helpsWithStatusZero() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("demo", "up", "serve", "learn", "simulate", "topics", "policy", "lag");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo --unknown",
                "demo --for soon",
                "demo --for 180",
                "demo --world nowhere",
                "demo --target-lag 0ms --for 1s",
                "demo --for 1s --report /no/such/directory/r.json",
                "conquer",
                "policy",
                "policy apply",
                "policy show",
                "topics create --partitions many",
                "topics create --partitions 0",
                "dead-letters list --reason BORED",
                "dead-letters list --limit -1",
                "policy rollback p",
                "policy rollback p --to-version latest",
                "policy export p",
                "policy import p",
                "policy import p -f nowhere.safetensors --policy-file nowhere.yaml",
                "dead-letters replay --reason BORED",
                "dead-letters replay --since yesterday",
                "dead-letters replay --since 2026-05-02T00:00:00Z --until 2026-05-01T00:00:00Z",
                "feedback --policy p --trajectory t",
                "feedback --policy p --trajectory t --value NaN",
                "learn --option millrace.lanes=none",
                "learn --option millrace.unknown=1",
                "serve --port 99999",
                "submit",
                "submit --rest http://127.0.0.1:1 --option millrace.lanes=none",
                "submit --rest http://127.0.0.1:1 --jar /no/such/learner.jar",
                "submit --rest http://127.0.0.1:1 --replace --from savepoint",
                "chaos --kill everything",
                "chaos --delivery at-most-once",
                "chaos --rate 0",
                "chaos --for 0s",
                "chaos --report /no/such/directory/r.json",
                "simulate --rate -1",
                "lag --listen 5"
            })
    void refusesWrongUsageWithStatusTwoAndAMessage(String command) {
        assertThat(execute(command)).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
    }

    @Test
    void namesTheUnknownOption() {
        execute("demo --sped 7");

        assertThat(err.toString()).contains("--sped");
    }

    @Test
    void saysWhatADurationLooksLike() {
        execute("demo --for 180");

        assertThat(err.toString()).contains("180s").contains("'180'");
    }

    @Test
    void namesTheKeyOfAWrongPolicyFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("p.yaml"), "policy: p\nkind: choice\nmodel: {}\nspeed: 9\n");

        assertThat(execute("policy apply -f " + file)).isEqualTo(2);
        assertThat(err.toString()).contains("speed").contains("p.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topics create --partitions 3 --replication-factor 1",
                "policy list",
                "policy pause p",
                "policy rollback p --to-version 1",
                "policy export p -o p.safetensors",
                "policy import p -f p.safetensors",
                "dead-letters list",
                "dead-letters replay",
                "lag --listen 100ms",
                "feedback --policy p --trajectory t --value 1"
            })
    void fallsShortWithStatusOneWhenKafkaIsAwayAndSaysWhere(String command) {
        assertThat(execute(command + " " + NOWHERE)).isEqualTo(1);
        assertThat(err.toString()).contains("127.0.0.1:1");
    }

    @Test
    void refusesASecretOnTheCommandLineAndDoesNotRepeatIt() {
        assertThat(execute("topics create --kafka ssl.keystore.password=hush " + NOWHERE))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--kafka ssl.keystore.password: expected a reference")
                .doesNotContain("hush");
        assertThat(execute("topics create --kafka-file /nowhere/at/all " + NOWHERE))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--kafka-file: expected a properties file");
    }

    @Test
    void submitsNoJobWithSecretsOfAFileThatTheClusterDoesNotHave(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("kafka.properties"), "ssl.keystore.password=hush\n");
        String submit = "submit --rest http://127.0.0.1:1 --jar " + file + " --kafka-file " + file;

        assertThat(execute(submit)).isEqualTo(2);
        assertThat(err.toString())
                .contains("[ssl.keystore.password]", "--kafka-file-on-cluster PATH")
                .doesNotContain("hush");
        assertThat(execute(submit + " --kafka-file-on-cluster /secrets/kafka.properties"))
                .as("gets as far as the cluster")
                .isEqualTo(1);
        assertThat(execute("submit --rest http://127.0.0.1:1 --kafka-file-on-cluster /secrets/kafka.properties"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected --kafka-file beside it");
    }

    @Test
    void namesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(execute("serve --port " + port + " " + NOWHERE)).isEqualTo(1);
            assertThat(err.toString()).contains("--port: expected 127.0.0.1:" + port + " to be free");
        }
    }

    @Test
    void takesJsonEverywhere() {
        List<String> without = new ArrayList<>();
        collectLeavesWithoutJson(millrace, without);

        assertThat(without).isEmpty();
    }

    private static void collectLeavesWithoutJson(CommandLine command, List<String> found) {
        if (command.getSubcommands().isEmpty() && command.getCommandSpec().findOption("--json") == null) {
            found.add(command.getCommandSpec().qualifiedName());
        }
        command.getSubcommands().values().forEach(subcommand -> collectLeavesWithoutJson(subcommand, found));
    }

    private int execute(String command) {
        return millrace.execute(command.split(" ", -1));
    }
}

package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.admin.PolicyFile;
import io.millrace.local.broker.BrokerOptions;
import io.millrace.local.broker.EmbeddedBroker;
import io.millrace.local.files.WorkingDirectory;
import io.millrace.policy.Policies;
import io.millrace.policy.safetensors.ParameterFile;
import io.millrace.policy.spec.PolicyDefinition;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdministrationIT {

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    private static EmbeddedBroker broker;

    /** Of each test its own. */
    private final String prefix = "admin" + UUID.randomUUID();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerOptions.temporary());
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @Test
    void goesFromTopicsToAPausedPolicy(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("shop.yaml"), "policy: shop\nkind: choice\nmodel: {}\n");

        assertThat(run("topics", "create").path("topics"))
                .hasSize(7)
                .allMatch(topic -> topic.path("created").booleanValue());
        assertThat(run("policy", "apply", "-f", file.toString())
                        .path("revision")
                        .intValue())
                .isEqualTo(1);
        assertThat(run("policy", "pause", "shop").path("paused").booleanValue()).isTrue();
        assertThat(run("policy", "list").path("policies").path(0).path("policy").textValue())
                .isEqualTo("shop");
        assertThat(run("policy", "show", "shop")
                        .path("specification")
                        .path("kind")
                        .textValue())
                .isEqualTo("choice");
        assertThat(run("policy", "resume", "shop").path("revision").intValue()).isEqualTo(3);
        assertThat(run("feedback", "--policy", "shop", "--trajectory", "t", "--value", "1", "--reward-id", "r")
                        .path("rewardId")
                        .textValue())
                .isEqualTo("r");
        assertThat(run("dead-letters", "list").path("counts")).isEmpty();
        assertThat(run("lag", "--listen", "100ms").path("replicas")).isEmpty();
    }

    @Test
    void letsParametersInAndSaysWhyNoneComeOutYet(@TempDir Path directory) throws Exception {
        Path policy = Files.writeString(
                directory.resolve("new.yaml"), "policy: new\nkind: choice\nmodel: { hash-bits: 3 }\n");
        PolicyDefinition definition = PolicyFile.read(policy);
        Path file = directory.resolve("new.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            ParameterFile.of("old", "choice", 7, 41, new float[8])
                    .write(Policies.create(definition).layout(), out);
        }
        run("topics", "create");

        JsonNode imported = run("policy", "import", "new", "-f", file.toString(), "--policy-file", policy.toString());

        assertThat(imported.path("revision").intValue()).isEqualTo(1);
        assertThat(imported.path("parameters").intValue()).isEqualTo(8);
        assertThat(imported.path("from").textValue()).isEqualTo("old 7.41");
        assertThat(fail(
                        1,
                        "policy",
                        "export",
                        "new",
                        "-o",
                        directory.resolve("out").toString()))
                .contains("expected a published snapshot of policy 'new', found none");
        assertThat(directory.resolve("out")).doesNotExist();
        assertThat(fail(2, "policy", "rollback", "new", "--to-version", "3")).contains("there are none");
        assertThat(fail(2, "policy", "rollback", "nobody", "--to-version", "3")).contains("found 'nobody'");
        Files.writeString(file, "not a safetensors file");
        assertThat(fail(2, "policy", "import", "new", "-f", file.toString())).contains("is it a safetensors file?");
        assertThat(fail(2, "policy", "import", "other", "-f", file.toString(), "--policy-file", policy.toString()))
                .contains("--policy-file: expected the file of policy 'other', found that of 'new'");
        assertThat(run("dead-letters", "replay", "--yes").path("sent").intValue())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy list", "dead-letters list", "lag --listen 100ms"})
    void saysThatTheTopicIsMissingAndNotKafka(String command) {
        StringWriter err = new StringWriter();

        int status = execute(err, command + " --topic-prefix nosuch");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString())
                .contains("expected nosuch.", "found none", "millrace topics create", "--topic-prefix")
                .doesNotContain("start it")
                .hasLineCount(1);
    }

    @Test
    void doesNotLearnFromEventsThatCarryTheirProducersTime() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("wrong.rewards.v1", 1, (short) 1)))
                    .all()
                    .get();
        }
        StringWriter err = new StringWriter();

        assertThat(execute(err, "learn --topic-prefix wrong")).isEqualTo(2);
        assertThat(err.toString()).contains("wrong.rewards.v1", "expected LogAppendTime, found CreateTime");
    }

    @Test
    void doesNotLearnTwiceInOneStateDirectory(@TempDir Path state) {
        StringWriter err = new StringWriter();
        try (WorkingDirectory other =
                WorkingDirectory.of(Optional.of(state), "unused").locked()) {
            assertThat(execute(err, "learn --topic-prefix twice --state " + other.path()))
                    .isEqualTo(1);
        }
        assertThat(err.toString()).contains("in use; stop the other process");
    }

    private static int execute(StringWriter err, String command) {
        return MillraceCli.commandLine()
                .setErr(new PrintWriter(err))
                .execute((command + " --bootstrap-servers " + broker.bootstrapServers()).split(" ", -1));
    }

    private String fail(int status, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--topic-prefix", prefix, "--bootstrap-servers", broker.bootstrapServers()));
        StringWriter err = new StringWriter();
        assertThat(MillraceCli.commandLine().setErr(new PrintWriter(err)).execute(all.toArray(String[]::new)))
                .isEqualTo(status);
        return err.toString();
    }

    private JsonNode run(String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--json", "--topic-prefix", prefix, "--bootstrap-servers", broker.bootstrapServers()));
        StringWriter out = new StringWriter();
        int status = MillraceCli.commandLine().setOut(new PrintWriter(out)).execute(all.toArray(String[]::new));
        assertThat(status).isZero();
        return new ObjectMapper().readTree(out.toString());
    }
}

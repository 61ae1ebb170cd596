package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.broker.BrokerOptions;
import io.millrace.local.broker.EmbeddedBroker;
import io.millrace.local.files.WorkingDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static JsonNode run(String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--json", "--topic-prefix", "admin", "--bootstrap-servers", broker.bootstrapServers()));
        StringWriter out = new StringWriter();
        int status = MillraceCli.commandLine().setOut(new PrintWriter(out)).execute(all.toArray(String[]::new));
        assertThat(status).isZero();
        return new ObjectMapper().readTree(out.toString());
    }
}

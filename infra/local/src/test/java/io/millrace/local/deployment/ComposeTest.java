package io.millrace.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learner.LearnerMain;
import io.millrace.learner.options.LearnerOptions;
import io.millrace.local.cli.CommandLines;
import io.millrace.local.house.Checkout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.util.ParameterTool;
import org.junit.jupiter.api.Test;

/** What docker compose would only show by a container that does not start. */
final class ComposeTest {

    private static final String DIRECTORY = "infra/docker";

    private final JsonNode services =
            YamlFiles.read(DIRECTORY + "/compose.yaml").get(0).get("services");

    @Test
    void itsCommandsParse() {
        assertThat(Stream.of("serving-a", "serving-b", "simulator").map(this::command))
                .allSatisfy(command -> assertThatCode(() -> CommandLines.parse(command))
                        .as(command)
                        .doesNotThrowAnyException());
        String prepare = services.at("/prepare/entrypoint/2").asText();
        assertThat(prepare.split(" && ", -1))
                .hasSize(2)
                .allSatisfy(command -> assertThatCode(() -> CommandLines.parse(command.replaceFirst("^millrace ", "")))
                        .as(command)
                        .doesNotThrowAnyException());
    }

    @Test
    void itsLearnerGetsOptionsThatItKnows() {
        String[] command = services.at("/jobmanager/command").asText().split(" ", -1);
        assertThat(command).startsWith("standalone-job", "--job-classname", LearnerMain.class.getName());
        String[] options = List.of(command).subList(3, command.length).toArray(String[]::new);

        assertThat(LearnerOptions.from(ParameterTool.fromArgs(options).getConfiguration())
                        .kafka())
                .containsEntry("bootstrap.servers", "kafka:9092");
    }

    @Test
    void itsFlinkConfigurationHasFlinksKeys() {
        Set<String> keys = ShippedFlink.compose().keySet();

        assertThat(keys).isNotEmpty();
        assertThat(FlinkKeys.known()).containsAll(keys);
    }

    @Test
    void prometheusLooksForServicesThatThereAre() {
        var targets = new TreeSet<String>();
        YamlFiles.read("infra/prometheus/prometheus.yml")
                .get(0)
                .findValues("names")
                .forEach(names -> names.forEach(name -> targets.add(name.asText())));

        assertThat(targets).hasSize(4);
        assertThat(services.properties().stream().map(Map.Entry::getKey)).containsAll(targets);
    }

    @Test
    void itsMountedFilesAreThere() {
        var paths = new ArrayList<String>();
        for (JsonNode volumes : services.findValues("volumes")) {
            volumes.forEach(volume -> paths.add(volume.asText().split(":", 2)[0]));
        }

        assertThat(paths.stream().filter(path -> path.startsWith(".")))
                .hasSize(4)
                .allSatisfy(path -> assertThat(
                                Checkout.ROOT.resolve(DIRECTORY).resolve(path).normalize())
                        .exists());
    }

    /** Those of Millrace's own images. */
    @Test
    void itsContainersMayDoLittle() {
        JsonNode file = YamlFiles.read(DIRECTORY + "/compose.yaml").get(0);
        for (String part : List.of("x-flink", "x-serving")) {
            assertThat(file.get(part).at("/cap_drop/0").asText()).as(part).isEqualTo("ALL");
            assertThat(file.get(part).at("/security_opt/0").asText()).as(part).isEqualTo("no-new-privileges:true");
        }
        assertThat(file.at("/x-serving/read_only").asBoolean()).isTrue();
        assertThat(file.at("/x-serving/mem_limit").asText()).isNotEmpty();
    }

    /** What is shown to people must be readable to the user of the image, and to nobody else. */
    @Test
    void itsSecretIsGivenToTheUserOfTheServingImageAlone() {
        String deploying = Checkout.read("docs/deploying.md");
        String user = Checkout.read(DIRECTORY + "/serving.Dockerfile")
                .lines()
                .filter(line -> line.startsWith("USER "))
                .map(line -> line.substring("USER ".length()))
                .collect(Collectors.joining());

        assertThat(deploying)
                .contains("chown " + user + " secret", "chmod 0400 secret")
                .doesNotContain("0444");
    }

    @Test
    void theImagesTakeTheirBaseByArgumentAndDoNotRunAsRoot() {
        for (String file : List.of("learner", "serving")) {
            String text = Checkout.read(DIRECTORY + "/" + file + ".Dockerfile");

            assertThat(text).as(file).containsPattern("ARG ([A-Z]+_IMAGE)=.*\nFROM \\$\\{\\1}");
            assertThat(text.lines().filter(line -> line.startsWith("USER ")).reduce((first, last) -> last))
                    .hasValueSatisfying(user -> assertThat(user).matches("USER [1-9][0-9]*:[1-9][0-9]*"));
            // It would ask a registry.
            assertThat(text).doesNotContain("# syntax");
        }
        assertThat(Checkout.read(DIRECTORY + "/serving.Dockerfile")).contains("HEALTHCHECK");
    }

    private String command(String service) {
        var words = new ArrayList<String>();
        services.at("/" + service + "/command").forEach(word -> words.add(word.asText()));
        return String.join(" ", words);
    }
}

package io.millrace.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learner.LearnerMain;
import io.millrace.learner.options.LearnerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import org.apache.flink.util.ParameterTool;
import org.junit.jupiter.api.Test;

final class FlinkDeploymentTest {

    private static final String DEFINITION = "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

    private final JsonNode learner = Manifests.only("FlinkDeployment");
    private final CrdSchema schema = CrdSchema.of(definition());

    /** The newest definition that Maven brings ends before Flink 2; an operator that runs Flink 2.2 knows its name. */
    @Test
    void isWhatTheOperatorTakes() {
        assertThat(schema.problems(learner))
                .singleElement()
                .asString()
                .startsWith(".spec.flinkVersion: expected one of");
        assertThat(learner.at("/spec/flinkVersion").asText()).isEqualTo("v2_2");
    }

    @Test
    void theCheckFindsAnUnknownFieldAWrongTypeAndAWrongMode() throws IOException {
        String text = learner.toString();

        assertThat(schema.problems(YamlFiles.parseOne(text.replace("\"jarURI\"", "\"jarUri\""))))
                .anySatisfy(problem -> assertThat(problem).startsWith(".spec.job.jarUri"));
        assertThat(schema.problems(YamlFiles.parseOne(text.replace("\"parallelism\":2", "\"parallelism\":\"2\""))))
                .anySatisfy(problem -> assertThat(problem).startsWith(".spec.job.parallelism"));
        assertThat(schema.problems(
                        YamlFiles.parseOne(text.replace("\"upgradeMode\":\"savepoint\"", "\"upgradeMode\":\"never\""))))
                .anySatisfy(problem -> assertThat(problem).startsWith(".spec.job.upgradeMode"));
    }

    @Test
    void itsPodTemplateIsWhatKubernetesTakes() throws IOException {
        KubernetesModels.validatePodTemplate(learner.at("/spec/podTemplate"));
    }

    @Test
    void itsContainersMayDoLittle() {
        JsonNode pod = learner.at("/spec/podTemplate/spec");
        JsonNode container = pod.at("/containers/0/securityContext");

        assertThat(container.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    }

    @Test
    void survivesTheJobManagerAndKeepsItsStateWhereAllReachIt() {
        JsonNode flink = learner.at("/spec/flinkConfiguration");
        String volume = learner.at("/spec/podTemplate/spec/containers/0/volumeMounts/0/mountPath")
                .asText();

        assertThat(flink.get("high-availability.type").asText()).isEqualTo("kubernetes");
        for (String key : new String[] {
            "high-availability.storageDir", "execution.checkpointing.dir", "execution.checkpointing.savepoint-dir"
        }) {
            assertThat(flink.get(key).asText()).as(key).startsWith("file://" + volume + "/");
        }
    }

    @Test
    void itsKeysAreFlinksAndItsArgumentsAreTheJobs() {
        assertThat(learner.at("/spec/flinkConfiguration").properties().stream().map(Map.Entry::getKey))
                .allSatisfy(key -> assertThat(FlinkKeys.known()).contains(key));
        assertThat(learner.at("/spec/job/entryClass").asText()).isEqualTo(LearnerMain.class.getName());
        var arguments = new ArrayList<String>();
        learner.at("/spec/job/args").forEach(argument -> arguments.add(argument.asText()));
        LearnerOptions options = LearnerOptions.from(
                ParameterTool.fromArgs(arguments.toArray(String[]::new)).getConfiguration());

        assertThat(options.kafka()).containsEntry("bootstrap.servers", "millrace-kafka-bootstrap:9092");
    }

    private static JsonNode definition() {
        try (InputStream in = FlinkDeploymentTest.class.getResourceAsStream(DEFINITION)) {
            assertThat(in).as(DEFINITION).isNotNull();
            return YamlFiles.parseOne(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

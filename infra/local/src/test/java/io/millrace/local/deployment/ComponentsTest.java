package io.millrace.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learner.options.LearnerOptions;
import io.millrace.local.cli.CommandLines;
import io.millrace.local.house.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.ParameterTool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An overlay as people write it, with the components. */
@SuppressWarnings("NullAway.Init") // set before all tests
final class ComponentsTest {

    private static final String REFERENCE = "${directory:/secrets/kafka:sasl.jaas.config}";
    private static final String CERTIFICATE = "/secrets/kafka-ca/ca.crt";
    private static final String SECURED = "millrace-kafka-bootstrap:9093";

    private static List<JsonNode> rendered;

    @BeforeAll
    static void render(@TempDir Path directory) throws Exception {
        // Kustomize takes relative paths alone, and goes by where a directory really is.
        Path kubernetes =
                directory.toRealPath().relativize(Checkout.ROOT.toRealPath().resolve("infra/kubernetes"));
        Files.writeString(directory.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: millrace
                resources: [%1$s/overlays/production]
                components: [%1$s/components/kafka-users, %1$s/components/prometheus-operator]
                """.formatted(kubernetes));
        rendered = Kustomize.build(directory);
    }

    @Test
    void whatTheyMakeIsAddedAndWhatTheyChangeIsStillWhatKubernetesTakes() throws IOException {
        assertThat(Manifests.of(rendered, "KafkaUser")).hasSize(4);
        assertThat(Manifests.of(rendered, "PodMonitor")).hasSize(2);
        assertThat(rendered)
                .allSatisfy(resource ->
                        assertThat(resource.at("/metadata/namespace").asText()).isEqualTo("millrace"));
        assertThat(rendered.stream().filter(KubernetesModels::know))
                .allSatisfy(resource -> assertThatCode(() -> KubernetesModels.validate(resource))
                        .as(Manifests.name(resource))
                        .doesNotThrowAnyException());
        KubernetesModels.validatePodTemplate(only("FlinkDeployment").at("/spec/podTemplate"));
    }

    @Test
    void theLearnerProvesItsNameToKafka() {
        JsonNode learner = only("FlinkDeployment");
        Map<String, String> kafka = LearnerOptions.from(ParameterTool.fromArgs(
                                texts(learner.at("/spec/job/args")).toArray(String[]::new))
                        .getConfiguration())
                .kafka();

        assertThat(kafka)
                .containsEntry("bootstrap.servers", SECURED)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("sasl.jaas.config", REFERENCE)
                .containsEntry("ssl.truststore.type", "PEM")
                .containsEntry("ssl.truststore.location", CERTIFICATE)
                .containsKey("config.providers.directory.class");
        assertSecretsAreMounted(learner.at("/spec/podTemplate/spec"), "learner");
    }

    @Test
    void theServersProveTheirNameToKafka() {
        JsonNode pod = only("Deployment").at("/spec/template/spec");
        List<String> arguments = texts(pod.at("/containers/0/args"));

        assertThatCode(() -> CommandLines.parse(String.join(" ", arguments))).doesNotThrowAnyException();
        assertThat(arguments)
                .containsSubsequence("--kafka", "security.protocol=SASL_SSL")
                .containsSubsequence("--kafka", "sasl.mechanism=SCRAM-SHA-512")
                .containsSubsequence("--kafka", "sasl.jaas.config=" + REFERENCE)
                .containsSubsequence("--kafka", "ssl.truststore.type=PEM")
                .containsSubsequence("--kafka", "ssl.truststore.location=" + CERTIFICATE);
        assertThat(byName(pod.at("/containers/0/env"), "value"))
                .containsEntry("MILLRACE_BOOTSTRAP_SERVERS", SECURED)
                .containsKey("POD_NAME");
        assertSecretsAreMounted(pod, "serving");
    }

    /** Strimzi's: one of the user's name with its password, one with the certificate of the cluster. */
    private static void assertSecretsAreMounted(JsonNode pod, String user) {
        assertThat(Manifests.of(rendered, "KafkaUser").map(Manifests::name)).contains(user);
        assertThat(byName(pod.at("/containers/0/volumeMounts"), "mountPath"))
                .containsEntry("kafka", "/secrets/kafka")
                .containsEntry("kafka-ca", "/secrets/kafka-ca");
        var secrets = new TreeMap<String, String>();
        pod.get("volumes")
                .forEach(volume -> secrets.put(
                        Manifests.text(volume, "/name"),
                        Manifests.text(volume, "/secret/secretName") + " "
                                + Manifests.text(volume, "/secret/items/0/path")));
        assertThat(secrets)
                .containsEntry("kafka", user + " sasl.jaas.config")
                .containsEntry("kafka-ca", "millrace-cluster-ca-cert ca.crt");
    }

    private static JsonNode only(String kind) {
        List<JsonNode> found = Manifests.of(rendered, kind).toList();
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }

    private static Map<String, String> byName(JsonNode list, String field) {
        var found = new TreeMap<String, String>();
        list.forEach(item -> found.put(Manifests.text(item, "/name"), Manifests.text(item, "/" + field)));
        return found;
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}

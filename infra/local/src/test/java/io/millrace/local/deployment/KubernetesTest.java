package io.millrace.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.cli.CommandLines;
import io.millrace.local.house.Checkout;
import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class KubernetesTest {

    private static final List<JsonNode> RESOURCES = Manifests.base();

    @Test
    void itsResourcesAreWhatKubernetesTakes() {
        assertThat(RESOURCES.stream().filter(KubernetesModels::know))
                .hasSizeGreaterThan(5)
                .allSatisfy(resource -> assertThatCode(() -> KubernetesModels.validate(resource))
                        .as(Manifests.name(resource))
                        .doesNotThrowAnyException());
    }

    /** The check above must be able to fail. */
    @Test
    void refusesWhatKubernetesWouldRefuse() {
        assertThatThrownBy(() -> KubernetesModels.validate(
                        changed(Manifests.only("Deployment"), "/spec", spec -> spec.put("replicaz", 3))))
                .hasMessageContaining("replicaz");
        assertThatThrownBy(() -> KubernetesModels.validate(
                        changed(Manifests.only("Deployment"), "/spec", spec -> spec.put("replicas", "three"))))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> KubernetesModels.validate(
                        changed(Manifests.only("Deployment"), "/spec", spec -> spec.remove("selector"))))
                .hasMessageContaining("selector");
    }

    @Test
    void theTopicsAreThoseThatTheCommandCreates() {
        Map<String, Topic<?>> contract =
                Topics.withDefaultPrefix().all().stream().collect(Collectors.toMap(Topic::name, topic -> topic));
        List<JsonNode> topics = Manifests.of(RESOURCES, "KafkaTopic").toList();

        assertThat(topics).extracting(Manifests::name).containsExactlyInAnyOrderElementsOf(contract.keySet());
        assertThat(topics).allSatisfy(resource -> {
            Topic<?> topic = Objects.requireNonNull(contract.get(Manifests.name(resource)));
            assertThat(resource.at("/spec/partitions").asInt()).isEqualTo(topic.partitions());
            assertThat(texts(resource.at("/spec/config"))).isEqualTo(topic.config());
            assertThat(fields(resource)).containsExactlyInAnyOrder("apiVersion", "kind", "metadata", "spec");
            assertThat(fields(resource.get("spec"))).containsExactlyInAnyOrder("partitions", "config");
            assertThat(resource.at("/metadata/labels").has("strimzi.io/cluster"))
                    .isTrue();
        });
    }

    @Test
    void whatTurnsToTheServingPodsFindsThem() {
        JsonNode labels = Manifests.only("Deployment").at("/spec/template/metadata/labels");

        assertThat(Manifests.only("Service").at("/spec/selector")).isEqualTo(labels);
        assertThat(Manifests.only("PodDisruptionBudget").at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
        assertThat(Manifests.only("Deployment").at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
        assertThat(Manifests.only("HorizontalPodAutoscaler")
                        .at("/spec/scaleTargetRef/name")
                        .asText())
                .isEqualTo(Manifests.name(Manifests.only("Deployment")));
        int atLeast = Manifests.only("HorizontalPodAutoscaler")
                .at("/spec/minReplicas")
                .asInt();
        assertThat(Manifests.only("PodDisruptionBudget")
                        .at("/spec/minAvailable")
                        .asInt())
                .isLessThan(atLeast);
    }

    @Test
    void theServingContainerMayDoLittleAndItsCommandParses() {
        JsonNode container = Manifests.only("Deployment").at("/spec/template/spec/containers/0");
        var arguments = new ArrayList<String>();
        container.get("args").forEach(argument -> arguments.add(argument.asText()));

        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(Manifests.only("Deployment")
                        .at("/spec/template/spec/securityContext/runAsNonRoot")
                        .asBoolean())
                .isTrue();
        assertThatCode(() -> CommandLines.parse(String.join(" ", arguments))).doesNotThrowAnyException();
    }

    @Test
    void theOverlayRendersAndChangesWhatItSaysItChanges() throws Exception {
        List<JsonNode> rendered = Kustomize.build(Checkout.ROOT.resolve("infra/kubernetes/overlays/production"));

        assertThat(rendered).hasSameSizeAs(RESOURCES);
        assertThat(rendered)
                .allSatisfy(resource ->
                        assertThat(resource.at("/metadata/namespace").asText()).isEqualTo("millrace"));
        assertThat(rendered.stream().filter(KubernetesModels::know))
                .allSatisfy(resource -> assertThatCode(() -> KubernetesModels.validate(resource))
                        .as(Manifests.name(resource))
                        .doesNotThrowAnyException());
        assertThat(Manifests.of(rendered, "KafkaTopic"))
                .allSatisfy(
                        topic -> assertThat(topic.at("/spec/replicas").asInt()).isEqualTo(3));
        assertThat(Manifests.of(rendered, "FlinkDeployment")).singleElement().satisfies(learner -> {
            assertThat(learner.at("/spec/job/parallelism").asInt()).isEqualTo(8);
            NativeMemoryTest.keepWithin(learner);
        });
        // Kubernetes refuses a subject without a namespace, and the base has none to name.
        assertThat(Manifests.of(rendered, "RoleBinding"))
                .allSatisfy(binding ->
                        assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo("millrace"));
    }

    private interface Change {
        void to(ObjectNode node);
    }

    private static JsonNode changed(JsonNode resource, String at, Change change) {
        JsonNode copy = resource.deepCopy();
        change.to((ObjectNode) copy.at(at));
        return copy;
    }

    private static Map<String, String> texts(JsonNode object) {
        var texts = new TreeMap<String, String>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static List<String> fields(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}

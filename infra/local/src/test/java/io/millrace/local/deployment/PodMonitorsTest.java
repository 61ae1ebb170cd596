package io.millrace.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.house.Checkout;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** On Kubernetes Prometheus finds the pods, and calls their jobs what the alerts call them. */
final class PodMonitorsTest {

    private static final Map<String, JsonNode> MONITORS =
            YamlFiles.read("infra/kubernetes/components/prometheus-operator/pod-monitors.yaml").stream()
                    .collect(Collectors.toMap(Manifests::name, monitor -> monitor));

    @Test
    void theServingPodsAreFoundAndCalledAsTheAlertsWantThem() {
        JsonNode monitor = monitor("millrace-serving");
        JsonNode pod = Manifests.only("Deployment").at("/spec/template");

        assertThat(contains(pod.at("/metadata/labels"), monitor.at("/spec/selector/matchLabels")))
                .isTrue();
        assertThat(pod.at("/metadata/labels").path(jobLabel(monitor)).asText()).isEqualTo("millrace-serving");
        assertThat(Checkout.read("infra/prometheus/rules.yml")).contains("up{job=\"millrace-serving\"}");
        assertThat(ports(pod.at("/spec/containers/0"))).contains(port(monitor));
        assertThat(monitor.at("/spec/podMetricsEndpoints/0/path").asText())
                .isEqualTo(pod.at("/metadata/annotations")
                        .path("prometheus.io/path")
                        .asText());
    }

    /** Flink's labels: app is the cluster's name, type that Flink itself asked Kubernetes for the pod. */
    @Test
    void flinksPodsAreFoundByTheLabelsThatFlinkGivesThem() {
        JsonNode monitor = monitor("millrace-learner");
        JsonNode learner = Manifests.only("FlinkDeployment");

        assertThat(monitor.at("/spec/selector/matchLabels/app").asText()).isEqualTo(Manifests.name(learner));
        assertThat(monitor.at("/spec/selector/matchLabels/type").asText()).isEqualTo("flink-native-kubernetes");
        assertThat(jobLabel(monitor)).isEqualTo("app");
        assertThat(jobs("infra/prometheus/prometheus.yml")).contains(Manifests.name(learner));
        JsonNode container = learner.at("/spec/podTemplate/spec/containers/0");
        assertThat(ports(container)).contains(port(monitor));
        assertThat(container.at("/ports/0/containerPort").asText())
                .isEqualTo(ShippedFlink.kubernetes().get("metrics.reporter.prometheus.port"));
    }

    @Test
    void everyPrometheusCallsTheJobsAlike() {
        assertThat(jobs("infra/prometheus/prometheus-local.yml"))
                .containsExactlyInAnyOrderElementsOf(jobs("infra/prometheus/prometheus.yml"))
                .containsExactlyInAnyOrderElementsOf(MONITORS.keySet());
    }

    private static JsonNode monitor(String name) {
        JsonNode monitor = Objects.requireNonNull(MONITORS.get(name), name);
        assertThat(monitor.path("apiVersion").asText()).isEqualTo("monitoring.coreos.com/v1");
        assertThat(monitor.path("kind").asText()).isEqualTo("PodMonitor");
        return monitor;
    }

    private static boolean contains(JsonNode labels, JsonNode wanted) {
        return !wanted.isEmpty()
                && wanted.properties().stream()
                        .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }

    private static String jobLabel(JsonNode monitor) {
        return monitor.at("/spec/jobLabel").asText();
    }

    private static String port(JsonNode monitor) {
        return monitor.at("/spec/podMetricsEndpoints/0/port").asText();
    }

    private static List<String> ports(JsonNode container) {
        return container.get("ports").findValuesAsText("name");
    }

    private static List<String> jobs(String file) {
        return YamlFiles.read(file).get(0).get("scrape_configs").findValuesAsText("job_name");
    }
}

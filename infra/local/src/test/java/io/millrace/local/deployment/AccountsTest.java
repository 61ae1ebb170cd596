package io.millrace.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who the pods are: an account that nobody makes keeps every pod from being created. */
final class AccountsTest {

    private static final List<JsonNode> RESOURCES = Manifests.base();

    @Test
    void everyAccountThatIsNamedIsMade() {
        List<String> made =
                Manifests.of(RESOURCES, "ServiceAccount").map(Manifests::name).toList();
        var named = new TreeSet<String>();
        for (JsonNode resource : RESOURCES) {
            resource.findValues("serviceAccountName").forEach(name -> named.add(name.asText()));
            resource.findValues("serviceAccount").forEach(name -> named.add(name.asText()));
        }

        assertThat(named).hasSize(2);
        assertThat(made).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void theLearnersMayDoWhatFlinksJobManagerDoes() {
        JsonNode binding = Manifests.only("RoleBinding");
        JsonNode role = Manifests.only("Role");
        var verbs = new TreeMap<String, List<String>>();
        for (JsonNode rule : role.get("rules")) {
            for (JsonNode resource : rule.get("resources")) {
                verbs.put(resource.asText(), texts(rule.get("verbs")));
            }
        }

        assertThat(binding.at("/roleRef/name").asText()).isEqualTo(Manifests.name(role));
        assertThat(binding.at("/subjects/0/name").asText())
                .isEqualTo(Manifests.only("FlinkDeployment")
                        .at("/spec/serviceAccount")
                        .asText());
        assertThat(verbs).containsOnlyKeys("pods", "configmaps", "deployments", "deployments/finalizers");
        assertThat(verbs.values())
                .allSatisfy(allowed -> assertThat(allowed)
                        .contains("get", "list", "watch", "create", "update", "patch", "delete")
                        .doesNotContain("*"));
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}

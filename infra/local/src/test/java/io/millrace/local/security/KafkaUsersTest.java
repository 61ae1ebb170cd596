package io.millrace.local.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.deployment.YamlFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.Test;

/** Users that Strimzi makes have the documented rights. */
final class KafkaUsersTest {

    @Test
    void haveTheDocumentedRightsAndNoOthers() {
        var bindings = new ArrayList<AclBinding>();
        List<JsonNode> users = YamlFiles.read("infra/kubernetes/components/kafka-users/users.yaml");
        for (JsonNode user : users) {
            assertThat(user.at("/spec/authorization/type").asText()).isEqualTo("simple");
            for (JsonNode acl : user.at("/spec/authorization/acls")) {
                bindings.addAll(Rights.bindings(
                        user.at("/metadata/name").asText(),
                        acl.at("/resource/type").asText(),
                        acl.at("/resource/name").asText() + (prefix(acl) ? "*" : ""),
                        operations(acl)));
            }
        }

        assertThat(users).hasSize(4);
        assertThat(bindings)
                .containsExactlyInAnyOrderElementsOf(Rights.documented().bindings());
    }

    private static boolean prefix(JsonNode acl) {
        String pattern = acl.at("/resource/patternType").asText();
        assertThat(pattern).isIn("literal", "prefix");
        return pattern.equals("prefix");
    }

    private static List<String> operations(JsonNode acl) {
        var operations = new ArrayList<String>();
        acl.get("operations").forEach(operation -> operations.add(operation.asText()));
        return operations;
    }
}

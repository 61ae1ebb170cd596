package io.millrace.local.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Flink's configuration as it is shipped, by key. */
final class ShippedFlink {

    private ShippedFlink() {}

    static Map<String, String> compose() {
        var found = new LinkedHashMap<String, String>();
        YamlFiles.read("infra/docker/compose.yaml")
                .get(0)
                .at("/x-flink/environment/FLINK_PROPERTIES")
                .asText()
                .lines()
                .map(line -> line.split(": ", 2))
                .forEach(pair -> found.put(pair[0], pair[1]));
        return found;
    }

    static Map<String, String> kubernetes() {
        return of(Manifests.only("FlinkDeployment"));
    }

    static Map<String, String> of(JsonNode deployment) {
        var found = new LinkedHashMap<String, String>();
        deployment
                .at("/spec/flinkConfiguration")
                .properties()
                .forEach(field -> found.put(field.getKey(), field.getValue().asText()));
        return found;
    }
}

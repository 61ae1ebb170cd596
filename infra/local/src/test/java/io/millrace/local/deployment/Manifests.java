package io.millrace.local.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The Kubernetes resources of infra/kubernetes/base. */
final class Manifests {

    static final String BASE = "infra/kubernetes/base";

    private Manifests() {}

    /** Those that its kustomization names. */
    static List<JsonNode> base() {
        var resources = new ArrayList<JsonNode>();
        YamlFiles.read(BASE + "/kustomization.yaml")
                .get(0)
                .get("resources")
                .forEach(file -> resources.addAll(YamlFiles.read(BASE + "/" + file.asText())));
        return resources;
    }

    static Stream<JsonNode> of(List<JsonNode> resources, String kind) {
        return resources.stream().filter(resource -> kind(resource).equals(kind));
    }

    static JsonNode only(String kind) {
        List<JsonNode> found = of(base(), kind).toList();
        if (found.size() != 1) {
            throw new AssertionError(kind + ": expected one, found " + found.size());
        }
        return found.get(0);
    }

    static String kind(JsonNode resource) {
        return resource.path("kind").asText();
    }

    static String text(JsonNode resource, String at) {
        return resource.at(at).asText();
    }

    static String name(JsonNode resource) {
        return resource.at("/metadata/name").asText();
    }
}

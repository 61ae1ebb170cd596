package io.millrace.local.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema of a custom resource, as its definition carries it: unknown fields, wrong types, values out of an enumeration and
 * missing fields are what an API server would refuse or drop.
 */
record CrdSchema(JsonNode schema) {

    /** Of the first version that a CustomResourceDefinition serves. */
    static CrdSchema of(JsonNode definition) {
        return new CrdSchema(definition.at("/spec/versions/0/schema/openAPIV3Schema"));
    }

    List<String> problems(JsonNode resource) {
        var problems = new ArrayList<String>();
        check(schema, resource, "", problems);
        return problems;
    }

    private static void check(JsonNode schema, JsonNode value, String path, List<String> problems) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return;
        }
        switch (schema.path("type").asText()) {
            case "object" -> checkObject(schema, value, path, problems);
            case "array" -> {
                expect(value.isArray(), "a list", value, path, problems);
                value.forEach(item -> check(schema.path("items"), item, path + "[]", problems));
            }
            case "string" -> expect(value.isTextual(), "text", value, path, problems);
            case "integer" -> expect(value.isIntegralNumber(), "a whole number", value, path, problems);
            case "number" -> expect(value.isNumber(), "a number", value, path, problems);
            case "boolean" -> expect(value.isBoolean(), "true or false", value, path, problems);
            default -> {}
        }
        if (schema.has("enum")) {
            var allowed = new ArrayList<String>();
            schema.get("enum").forEach(item -> allowed.add(item.asText()));
            expect(allowed.contains(value.asText()), "one of " + allowed, value, path, problems);
        }
    }

    private static void checkObject(JsonNode schema, JsonNode value, String path, List<String> problems) {
        expect(value.isObject(), "an object", value, path, problems);
        schema.path("required")
                .forEach(field -> expect(value.has(field.asText()), field.asText(), value, path, problems));
        boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean() || !schema.has("properties");
        value.properties().forEach(field -> {
            String at = path + "." + field.getKey();
            JsonNode known = schema.at("/properties").path(field.getKey());
            if (!known.isMissingNode()) {
                check(known, field.getValue(), at, problems);
            } else if (schema.has("additionalProperties")) {
                check(schema.get("additionalProperties"), field.getValue(), at, problems);
            } else {
                // An API server adds metadata and its kin to every resource.
                expect(open || path.isEmpty(), "no such field", field.getValue(), at, problems);
            }
        });
    }

    private static void expect(boolean holds, String expected, JsonNode found, String path, List<String> problems) {
        if (!holds) {
            problems.add(path + ": expected " + expected + ", found " + found);
        }
    }
}

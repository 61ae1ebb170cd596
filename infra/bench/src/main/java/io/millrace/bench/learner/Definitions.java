package io.millrace.bench.learner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.policy.spec.PolicyDefinition;

/** A policy's file with some keys changed: what the variants of a comparison differ in. */
public final class Definitions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Definitions() {}

    /** As learned from in memory: a trajectory is over at its last mark, rewards are whole, each step is published at once. */
    public static PolicyDefinition servedAsInMemory(PolicyDefinition definition) {
        PolicyDefinition settled = with(definition, "join.completion", "last-mark");
        PolicyDefinition unbounded = with(settled, "join.clip", "unlimited");
        return with(unbounded, "publish.min-interval", "0s");
    }

    /**
     * The definition with one key set.
     *
     * @param key such as {@code estimator.baseline}
     * @param value as in a policy's file
     */
    public static PolicyDefinition with(PolicyDefinition definition, String key, Object value) {
        try {
            ObjectNode root = (ObjectNode) JSON.readTree(definition.toJson());
            ObjectNode section = root;
            String[] path = key.split("\\.", -1);
            for (int i = 0; i < path.length - 1; i++) {
                JsonNode next = section.get(path[i]);
                section = next instanceof ObjectNode object ? object : section.putObject(path[i]);
            }
            section.putPOJO(path[path.length - 1], value);
            return PolicyDefinition.parse(JSON.writeValueAsString(root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("definition: could not be read back: " + definition, e);
        }
    }
}

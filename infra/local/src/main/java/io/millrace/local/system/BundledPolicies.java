package io.millrace.local.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.admin.PolicyFile;
import io.millrace.policy.spec.PolicyDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The policies that come with the simulated worlds, one for each, under the world's name. */
public final class BundledPolicies {

    private static final String WINDOW_FOR_PEOPLE = "10m";

    private BundledPolicies() {}

    /** The policy of a world; {@code seed} replaces the file's. */
    public static PolicyDefinition forWorld(String world, long seed) {
        PolicyDefinition file = PolicyFile.parse(text(world));
        return new PolicyDefinition(
                file.policy(),
                file.kind(),
                seed,
                file.model(),
                file.estimator(),
                file.optimizer(),
                file.batch(),
                file.join(),
                file.publish(),
                file.guards());
    }

    /**
     * The policy of a world for people who answer by hand: as the file has it, but that rewards may come within ten minutes.
     * The file's own window is for simulated users, who answer within seconds or never.
     */
    public static PolicyDefinition forPeople(String world) {
        try {
            JsonNode file =
                    new ObjectMapper().readTree(PolicyFile.parse(text(world)).toJson());
            ((ObjectNode) file.path("join")).put("reward-window", WINDOW_FOR_PEOPLE);
            return PolicyFile.parse(file.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("policy of world " + world + ": expected JSON", e);
        }
    }

    private static String text(String world) {
        String resource = "/io/millrace/local/policies/" + world + ".yaml";
        try (InputStream in = BundledPolicies.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("world: expected one with a policy, found '" + world + "'");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

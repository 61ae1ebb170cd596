package io.millrace.local.admin;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.policy.Policies;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.PolicySpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A policy's file in YAML, which includes JSON: read, and checked down to whether its kind can build it. */
public final class PolicyFile {

    private static final ObjectMapper YAML = YAMLMapper.builder(
                    YAMLFactory.builder().build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern PLACE = Pattern.compile("in .reader., (line \\d+, column \\d+)");

    private PolicyFile() {}

    /**
     * The definition in a file.
     *
     * @throws PolicySpecException when the file cannot be read or followed, naming the file and the key
     */
    public static PolicyDefinition read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new PolicySpecException("policy file: expected a readable file, found none (" + file + ")");
        } catch (IOException e) {
            throw new PolicySpecException("policy file: expected readable text, found: " + e + " (" + file + ")");
        } catch (PolicySpecException e) {
            throw new PolicySpecException(e.getMessage() + " (" + file + ")");
        }
    }

    /** The definition in a text. */
    public static PolicyDefinition parse(String yaml) {
        PolicyDefinition definition = PolicyDefinition.parse(toJson(yaml));
        Policies.create(definition);
        return definition;
    }

    private static String toJson(String yaml) {
        try {
            JsonNode tree = YAML.readTree(yaml);
            if (!tree.isObject()) {
                throw new PolicySpecException("policy file: expected a mapping of keys to values, found "
                        + (tree.isMissingNode()
                                ? "nothing"
                                : tree.getNodeType().name().toLowerCase(Locale.ROOT)));
            }
            return tree.toString();
        } catch (JsonProcessingException e) {
            throw new PolicySpecException("policy file: expected YAML, found: " + problem(e) + place(e));
        }
    }

    /** The parser's own sentences, without the pieces of the file that it shows, indented, between them. */
    private static String problem(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining(", "));
    }

    /** Where the parser found it, which it says in its text; what Jackson knows is where the token before it began. */
    private static String place(JsonProcessingException e) {
        return PLACE.matcher(e.getOriginalMessage())
                .results()
                .map(place -> " (" + place.group(1) + ")")
                .reduce((first, second) -> second)
                .orElseGet(() -> place(e.getLocation()));
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}

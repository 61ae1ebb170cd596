package io.millrace.local.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.local.house.Checkout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** YAML of the checkout. */
public final class YamlFiles {

    private static final YAMLMapper YAML = new YAMLMapper();

    private YamlFiles() {}

    /** The documents of a file by its path from the root. */
    public static List<JsonNode> read(String file) {
        return parse(Checkout.read(file));
    }

    static List<JsonNode> parse(String text) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return new ArrayList<>(documents.readAll());
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The text of a document, for a parser of another library. */
    static String json(JsonNode document) {
        return document.toString();
    }

    static JsonNode parseOne(String text) throws JsonProcessingException {
        return YAML.readTree(text);
    }
}

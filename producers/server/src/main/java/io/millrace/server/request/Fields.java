package io.millrace.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.millrace.server.problem.ProblemException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of one JSON object, read strictly. A JSON null counts as absent.
 *
 * @param path where the object is in the body, for people; empty: the body itself
 */
record Fields(String path, JsonNode object) {

    /** Names of fields, those of another kind of object among them. */
    static Set<String> names(Set<String> others, String... own) {
        var names = new TreeSet<>(others);
        Collections.addAll(names, own);
        return Collections.unmodifiableSet(names);
    }

    /** Refuses what is no object, and every field but the known ones. */
    static Fields of(String path, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw wrong(path.isEmpty() ? "body" : path, "a JSON object", kind(node));
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String place = path.isEmpty() ? "body" : path;
                throw new ProblemException(
                        400,
                        place + ": expected only fields of " + new TreeSet<>(known) + ", found '" + name
                                + "'; remove or mend it");
            }
        });
        return new Fields(path, node);
    }

    Optional<JsonNode> find(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    Optional<String> text(String name) {
        return find(name).map(value -> {
            if (!value.isTextual()) {
                throw wrong(at(name), "text", kind(value));
            }
            return value.textValue();
        });
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> missing(name, "text"));
    }

    OptionalDouble number(String name) {
        Optional<JsonNode> value = find(name);
        return value.isPresent() ? OptionalDouble.of(finite(at(name), value.get())) : OptionalDouble.empty();
    }

    double requiredNumber(String name) {
        return number(name).orElseThrow(() -> missing(name, "a finite number"));
    }

    OptionalInt integer(String name) {
        Optional<JsonNode> found = find(name);
        if (found.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonNode value = found.get();
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(at(name), "an integer of 32 bits", value.isNumber() ? value.asText() : kind(value));
        }
        return OptionalInt.of(value.intValue());
    }

    Optional<Boolean> flag(String name) {
        return find(name).map(value -> {
            if (!value.isBoolean()) {
                throw wrong(at(name), "true or false", kind(value));
            }
            return value.booleanValue();
        });
    }

    /** An object of numbers, such as features. */
    Map<String, Float> numbers(String name) {
        var numbers = new LinkedHashMap<String, Float>();
        find(name).ifPresent(value -> {
            if (!value.isObject()) {
                throw wrong(at(name), "an object of numbers", kind(value));
            }
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                numbers.put(entry.getKey(), finiteFloat(at(name) + "." + entry.getKey(), entry.getValue()));
            }
        });
        return numbers;
    }

    static float finiteFloat(String at, JsonNode value) {
        float number = (float) finite(at, value);
        if (!Float.isFinite(number)) {
            throw wrong(at, "a number of 32 bits", value.asText());
        }
        return number;
    }

    private static double finite(String at, JsonNode value) {
        if (!value.isNumber()) {
            throw wrong(at, "a finite number", kind(value));
        }
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            throw wrong(at, "a finite number", value.asText());
        }
        return number;
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static ProblemException wrong(String what, String expected, String found) {
        return new ProblemException(400, what + ": expected " + expected + ", found " + found);
    }

    ProblemException missing(String name, String expected) {
        return new ProblemException(400, at(name) + ": expected " + expected + ", found nothing; add the field");
    }

    static String kind(JsonNode value) {
        JsonNodeType type = value.getNodeType();
        return type == JsonNodeType.STRING
                ? "text '" + shortened(value.textValue()) + "'"
                : type.name().toLowerCase(Locale.ROOT);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}

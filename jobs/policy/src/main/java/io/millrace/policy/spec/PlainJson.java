package io.millrace.policy.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON text as immutable plain values: String, Number, Boolean, List, Map; never null. */
final class PlainJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PlainJson() {}

    static Map<String, Object> parse(String json) {
        Object value;
        try {
            value = MAPPER.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw PolicySpecException.of("the file", "a JSON object", e.getOriginalMessage(), "mend its syntax");
        }
        if (!(value instanceof Map<?, ?>)) {
            throw PolicySpecException.of("the file", "a JSON object", String.valueOf(value), "see docs/policy-file.md");
        }
        return object(freeze("", value));
    }

    static String write(Map<String, Object> values) {
        try {
            return MAPPER.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("policy file: expected plain values that JSON can hold, found others", e);
        }
    }

    /** What is known to be a JSON object, with its type. */
    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    private static Object freeze(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, v) -> copy.put((String) key, freeze(path.isEmpty() ? "" + key : path + "." + key, v)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object element : list) {
                copy.add(freeze(path + "[" + copy.size() + "]", element));
            }
            return Collections.unmodifiableList(copy);
        }
        if (value == null) {
            throw PolicySpecException.of(path, "a value", "null", "give it a value or remove the key");
        }
        return value;
    }
}

package io.millrace.server.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.server.problem.ProblemException;
import java.io.IOException;
import java.util.Locale;

/** Bytes of a body that must be one JSON value: no duplicate fields, nothing after it, no NaN. */
final class JsonBody {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonBody() {}

    static JsonNode parse(byte[] body) {
        JsonNode parsed;
        try {
            parsed = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    400, "body: expected JSON, found something else (" + e.getOriginalMessage() + ")", e);
        } catch (IOException e) {
            throw new ProblemException(400, "body: expected JSON, found bytes that cannot be read", e);
        }
        if (parsed.isMissingNode()) {
            throw new ProblemException(400, "body: expected JSON, found nothing; send a body");
        }
        requirePairedSurrogates(parsed);
        return parsed;
    }

    /** Half a character becomes '?' in UTF-8: two ids that differ in nothing else would become one. */
    private static void requirePairedSurrogates(JsonNode node) {
        if (node.isTextual()) {
            requirePairedSurrogates(node.textValue());
        } else if (node.isContainerNode()) {
            node.fieldNames().forEachRemaining(JsonBody::requirePairedSurrogates);
            node.elements().forEachRemaining(JsonBody::requirePairedSurrogates);
        }
    }

    private static void requirePairedSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                throw new ProblemException(
                        400,
                        String.format(
                                Locale.ROOT,
                                "body: expected text of whole characters, found half of one (\\u%04x); send both"
                                        + " surrogates or neither",
                                (int) c));
            }
        }
    }
}

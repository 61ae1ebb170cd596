package io.millrace.server.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.server.problem.ProblemException;
import java.io.IOException;

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
        return parsed;
    }
}

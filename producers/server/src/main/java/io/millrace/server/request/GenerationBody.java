package io.millrace.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.GenerationRequest.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The body of a request for an output.
 *
 * @param previousToken feedback token of the step before; only with a further step of a trajectory
 */
public record GenerationBody(GenerationRequest request, Optional<String> previousToken) {

    /** Say what an output is for. */
    static final Set<String> INPUT_FIELDS = Set.of("tokens", "vector", "features", "candidates", "segment");

    private static final Set<String> FIELDS = Fields.names(
            INPUT_FIELDS,
            "draw",
            "temperature",
            "topK",
            "topP",
            "group",
            "trajectoryId",
            "step",
            "previousToken",
            "last");

    private static final Set<String> CANDIDATE_FIELDS = Set.of("id", "features", "excluded");

    /**
     * Reads a body.
     *
     * @throws io.millrace.server.problem.ProblemException when the body cannot be read as one
     * @throws io.millrace.sdk.InvalidRequestException when what it asks for is impossible
     */
    public static GenerationBody read(String policy, byte[] body) {
        Fields fields = Fields.of("", JsonBody.parse(body), FIELDS);
        return new GenerationBody(request(policy, fields), fields.text("previousToken"));
    }

    private static GenerationRequest request(String policy, Fields fields) {
        GenerationRequest.Builder request = input(policy, fields);
        fields.text("draw").ifPresent(value -> request.draw(draw(value)));
        fields.number("temperature").ifPresent(request::temperature);
        fields.integer("topK").ifPresent(request::topK);
        fields.number("topP").ifPresent(request::topP);
        fields.text("group").ifPresent(request::group);
        fields.flag("last").ifPresent(request::last);
        setStep(fields, request);
        return request.build();
    }

    /** What an output is for. */
    static GenerationRequest.Builder input(String policy, Fields fields) {
        var request = GenerationRequest.forPolicy(policy);
        fields.find("tokens").ifPresent(value -> request.tokens(texts("tokens", value)));
        fields.find("vector").ifPresent(value -> request.vector(vector(value)));
        fields.find("candidates").ifPresent(value -> addCandidates(value, request));
        if (fields.find("features").isPresent() && fields.find("candidates").isEmpty()) {
            throw Fields.wrong("features", "candidates to choose from beside them", "none; add candidates");
        }
        fields.numbers("features").forEach(request::feature);
        fields.text("segment").ifPresent(request::segment);
        return request;
    }

    private static void setStep(Fields fields, GenerationRequest.Builder request) {
        Optional<String> trajectoryId = fields.text("trajectoryId");
        OptionalInt step = fields.integer("step");
        if (trajectoryId.isPresent() != step.isPresent()) {
            throw Fields.wrong(
                    "trajectoryId and step",
                    "both, for a further step of a trajectory, or neither",
                    "only " + (step.isPresent() ? "step" : "trajectoryId"));
        }
        if (trajectoryId.isPresent()) {
            request.step(trajectoryId.get(), step.getAsInt());
        }
    }

    static List<String> texts(String field, JsonNode value) {
        requireArray(field, "an array of text", value);
        var texts = new ArrayList<String>(value.size());
        for (JsonNode text : value) {
            if (!text.isTextual()) {
                throw Fields.wrong(field + "[" + texts.size() + "]", "text", Fields.kind(text));
            }
            texts.add(text.textValue());
        }
        return texts;
    }

    private static float[] vector(JsonNode value) {
        requireArray("vector", "an array of numbers", value);
        float[] vector = new float[value.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Fields.finiteFloat("vector[" + i + "]", value.get(i));
        }
        return vector;
    }

    private static void addCandidates(JsonNode value, GenerationRequest.Builder request) {
        requireArray("candidates", "an array of objects", value);
        for (int i = 0; i < value.size(); i++) {
            Fields candidate = Fields.of("candidates[" + i + "]", value.get(i), CANDIDATE_FIELDS);
            String id = candidate.requiredText("id");
            if (candidate.flag("excluded").orElse(false)) {
                request.excludedCandidate(id, candidate.numbers("features"));
            } else {
                request.candidate(id, candidate.numbers("features"));
            }
        }
    }

    private static void requireArray(String what, String expected, JsonNode value) {
        if (!value.isArray()) {
            throw Fields.wrong(what, expected, Fields.kind(value));
        }
    }

    private static Draw draw(String value) {
        return switch (value) {
            case "sample" -> Draw.SAMPLE;
            case "greedy" -> Draw.GREEDY;
            default -> throw Fields.wrong("draw", "'sample' or 'greedy'", "'" + value + "'");
        };
    }
}

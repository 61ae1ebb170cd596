package io.millrace.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.sdk.Demonstration;
import io.millrace.sdk.GenerationRequest;
import java.util.Set;

/**
 * The body of a demonstration: what an output is for, and the output that is right.
 *
 * <p>Its id, where the caller gives one, makes a retry harmless. It names a trajectory of its own kind, so that nobody can write
 * into a trajectory that was generated.
 */
public final class DemonstrationBody {

    private static final Set<String> FIELDS =
            Fields.names(GenerationBody.INPUT_FIELDS, "output", "weight", "demonstrationId");

    private static final int LONGEST_ID = 180;

    private static final String TRAJECTORY_PREFIX = "demonstration-";

    private DemonstrationBody() {}

    /**
     * The demonstration that a body is.
     *
     * @throws io.millrace.server.problem.ProblemException when the body cannot be read as one
     * @throws io.millrace.sdk.InvalidRequestException when something in it is impossible
     */
    public static Demonstration read(String policy, byte[] body) {
        Fields fields = Fields.of("", JsonBody.parse(body), FIELDS);
        JsonNode output = fields.find("output").orElseThrow(() -> fields.missing("output", "an array of text"));
        GenerationRequest.Builder request = GenerationBody.input(policy, fields);
        fields.text("demonstrationId").ifPresent(id -> request.step(TRAJECTORY_PREFIX + requireId(id), 0));
        return new Demonstration(
                request.build(),
                GenerationBody.texts("output", output),
                fields.number("weight").orElse(1));
    }

    private static String requireId(String id) {
        if (id.isBlank() || id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
            throw Fields.wrong(
                    "demonstrationId",
                    "1 to " + LONGEST_ID + " characters, no control characters, and not only spaces",
                    id.isBlank() ? "none" : "others; send what names this demonstration and no other");
        }
        return id;
    }
}

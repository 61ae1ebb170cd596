package io.millrace.server.request;

import io.millrace.sdk.CutOff;
import io.millrace.sdk.GenerationRequest;
import java.util.Set;

/**
 * The body of a cut-off: which trajectory, after how many steps, and the state that it was cut off in.
 *
 * @param previousToken feedback token of the last step
 */
public record CutOffBody(CutOff cutOff, String previousToken) {

    private static final Set<String> FIELDS =
            Fields.names(GenerationBody.INPUT_FIELDS, "trajectoryId", "step", "previousToken");

    /**
     * Reads a body.
     *
     * @throws io.millrace.server.problem.ProblemException when the body cannot be read as one
     * @throws io.millrace.sdk.InvalidRequestException when what it says is impossible
     */
    public static CutOffBody read(String policy, byte[] body) {
        Fields fields = Fields.of("", JsonBody.parse(body), FIELDS);
        GenerationRequest.Builder state = GenerationBody.input(policy, fields);
        int step = fields.integer("step").orElseThrow(() -> fields.missing("step", "an integer of 1 or more"));
        state.step(fields.requiredText("trajectoryId"), step);
        return new CutOffBody(new CutOff(state.build()), fields.requiredText("previousToken"));
    }
}

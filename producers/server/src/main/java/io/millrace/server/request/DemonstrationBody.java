package io.millrace.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.sdk.Demonstration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The body of a demonstration: that of a request for an output, and the output that is right. */
public final class DemonstrationBody {

    private static final Set<String> FIELDS = fields();

    private DemonstrationBody() {}

    private static Set<String> fields() {
        var fields = new TreeSet<>(GenerationBody.fieldsOfTheInput());
        fields.addAll(List.of("output", "weight"));
        return fields;
    }

    /**
     * The demonstration that a body is.
     *
     * @throws io.millrace.server.problem.ProblemException when the body cannot be read as one
     * @throws io.millrace.sdk.InvalidRequestException when something in it is impossible
     */
    public static Demonstration read(String policy, byte[] body) {
        Fields fields = Fields.of("", JsonBody.parse(body), FIELDS);
        JsonNode output = fields.find("output").orElseThrow(() -> fields.missing("output", "an array of text"));
        return new Demonstration(
                GenerationBody.request(policy, fields),
                GenerationBody.texts("output", output),
                fields.number("weight").orElse(1));
    }
}

package io.millrace.server.request;

import io.millrace.sdk.Feedback;
import io.millrace.server.token.GeneratedStep;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The body of feedback.
 *
 * @param rewardId idempotency key; empty: one reward a metric and step, so that a client may safely repeat a request whose
 *     answer it has missed
 */
public record FeedbackBody(
        String feedbackToken,
        double value,
        String name,
        boolean last,
        Optional<String> rewardId,
        Optional<String> source) {

    private static final Set<String> FIELDS = Set.of("feedbackToken", "value", "name", "last", "rewardId", "source");

    /**
     * Reads a body.
     *
     * @throws io.millrace.server.problem.ProblemException when it cannot be read as feedback
     */
    public static FeedbackBody read(byte[] body) {
        Fields fields = Fields.of("", JsonBody.parse(body), FIELDS);
        return new FeedbackBody(
                fields.requiredText("feedbackToken"),
                fields.requiredNumber("value"),
                fields.text("name").orElse(Feedback.DEFAULT_METRIC),
                fields.flag("last").orElse(false),
                fields.text("rewardId"),
                fields.text("source"));
    }

    /**
     * The feedback that this is on a step.
     *
     * @throws io.millrace.sdk.InvalidRequestException when a value is impossible
     */
    public Feedback on(GeneratedStep generated, Instant observedAt) {
        return new Feedback(
                generated.policy(),
                generated.trajectoryId(),
                rewardId.orElse(name + "/" + generated.step()),
                OptionalInt.of(generated.step()),
                name,
                value,
                observedAt,
                last,
                source);
    }
}

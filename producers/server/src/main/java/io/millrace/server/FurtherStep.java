package io.millrace.server;

import io.millrace.sdk.GenerationRequest;
import io.millrace.server.problem.ProblemException;
import io.millrace.server.request.CutOffBody;
import io.millrace.server.request.GenerationBody;
import io.millrace.server.token.FeedbackTokens;
import io.millrace.server.token.GeneratedStep;
import java.util.Optional;

/**
 * Lets a further step of a trajectory be asked for, and its end be told, only by who got the step before it: that step's
 * feedback token proves it. Without this a stranger who guesses an id could add steps to somebody's trajectory, and be given a
 * token to reward it.
 */
final class FurtherStep {

    /** The learner keeps a trajectory's steps until its reward comes. */
    static final int MAX_STEPS = 1_000;

    private FurtherStep() {}

    /**
     * Nothing, for a first step.
     *
     * @throws ProblemException 400 when the fields do not go together, 401 or 403 when the token does not allow the step
     */
    static void require(GenerationBody body, FeedbackTokens tokens) {
        require(body.request(), body.previousToken(), tokens);
    }

    /** The same for a trajectory's end. */
    static void require(CutOffBody body, FeedbackTokens tokens) {
        require(body.cutOff().state(), Optional.of(body.previousToken()), tokens);
    }

    private static void require(GenerationRequest request, Optional<String> previousToken, FeedbackTokens tokens) {
        if (request.trajectoryId().isEmpty()) {
            previousToken.ifPresent(alone -> {
                throw new ProblemException(
                        400,
                        "previousToken: expected trajectoryId and step beside it, found neither; add them, or leave it"
                                + " out for a new trajectory");
            });
            return;
        }
        requirePosition(request.step());
        var previous =
                new GeneratedStep(request.policy(), request.trajectoryId().get(), request.step() - 1);
        String token = previousToken.orElseThrow(() -> notAllowed(previous, "none"));
        GeneratedStep found = tokens.check("previousToken", token);
        if (!found.equals(previous)) {
            throw notAllowed(previous, "the one of another step");
        }
    }

    private static void requirePosition(int step) {
        if (step == 0) {
            throw new ProblemException(
                    400,
                    "step: expected 1 or more with a trajectoryId, found 0; leave both out for a first step, whose"
                            + " answer names the trajectory");
        }
        if (step >= MAX_STEPS) {
            throw new ProblemException(
                    400, "step: expected less than " + MAX_STEPS + ", found " + step + "; begin a new trajectory");
        }
    }

    private static ProblemException notAllowed(GeneratedStep previous, String found) {
        return new ProblemException(
                403,
                "previousToken: expected the feedbackToken that came with step " + previous.step() + " of trajectory '"
                        + previous.trajectoryId() + "' of policy '" + previous.policy() + "', found " + found
                        + "; send that token as previousToken");
    }
}

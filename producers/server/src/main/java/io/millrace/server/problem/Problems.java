package io.millrace.server.problem;

import io.millrace.sdk.InvalidRequestException;
import io.millrace.sdk.UnavailableException;
import io.millrace.sdk.UnknownPolicyException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which problem an exception is for the client. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** The problem; what nobody foresaw is logged here and kept from the client. */
    public static Problem of(Throwable failure) {
        Throwable cause = unwrapped(failure);
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ProblemException known) {
            return known.problem();
        }
        if (cause instanceof InvalidRequestException) {
            return Problem.of(400, message);
        }
        if (cause instanceof UnknownPolicyException) {
            return Problem.of(404, message);
        }
        if (cause instanceof UnavailableException) {
            return Problem.of(503, message);
        }
        LOG.error("request failed", cause);
        return Problem.of(500, "request: expected an answer, found a failure of the server; see the server's log");
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}

package io.millrace.simulator.service;

import io.millrace.simulator.world.Situation;
import java.util.concurrent.CompletableFuture;

/**
 * The one policy that users use. Safe for use by several threads; nothing here blocks.
 *
 * <p>Both methods fail, by throwing or through the future, with {@code UnavailableException} when it is worth trying again
 * and with an {@code IllegalArgumentException} when it is not.
 */
public interface Service {

    /** Asks for an output; completes once the service has logged it. */
    CompletableFuture<Answer> generate(Situation situation);

    /** Judges an output; completes once the service will not lose the judgement. */
    CompletableFuture<Void> feedback(Answer answer, Reaction reaction);
}

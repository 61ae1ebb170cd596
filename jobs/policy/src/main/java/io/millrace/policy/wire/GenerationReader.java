package io.millrace.policy.wire;

import io.millrace.policy.Decision;
import io.millrace.schemas.Generation;

/** From the wire's Generation to a Decision. CONTRACT ONLY: to be filled in. */
public final class GenerationReader {

    private GenerationReader() {}

    /**
     * The decision that a generation records; feature names are hashed.
     *
     * @throws io.millrace.policy.InvalidInputException when lengths differ or a number is not finite
     */
    public static Decision decision(Generation generation) {
        throw new UnsupportedOperationException();
    }
}

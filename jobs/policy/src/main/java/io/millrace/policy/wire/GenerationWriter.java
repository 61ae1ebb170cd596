package io.millrace.policy.wire;

import io.millrace.policy.Context;
import io.millrace.policy.Generated;
import io.millrace.policy.Prompt;
import io.millrace.schemas.Generation;

/** From what was generated to the wire's Generation. CONTRACT ONLY: to be filled in. */
public final class GenerationWriter {

    private GenerationWriter() {}

    /** Sets context, candidates, actions and logProbs of the record; the caller sets the rest. */
    public static void write(Prompt prompt, Context context, Generated generated, Generation.Builder record) {
        throw new UnsupportedOperationException();
    }
}

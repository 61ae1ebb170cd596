package io.millrace.policy.wire;

import io.millrace.policy.parameters.UpdateChunk;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;

/** From the wire's updates and snapshots to what a replica takes. CONTRACT ONLY: to be filled in. */
public final class UpdateReader {

    private UpdateReader() {}

    public static UpdateChunk chunk(ParameterUpdate update) {
        throw new UnsupportedOperationException();
    }

    public static UpdateChunk chunk(ParameterSnapshot snapshot) {
        throw new UnsupportedOperationException();
    }
}

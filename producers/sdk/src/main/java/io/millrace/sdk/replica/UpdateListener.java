package io.millrace.sdk.replica;

import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.schemas.ParameterUpdate;
import java.time.Instant;

/**
 * Told of every record of the parameters topic that is about a policy served here: for audits and for watching.
 *
 * <p>Runs on the thread that applies updates, so it must be quick. After a gap the same record is seen again; a chunk that
 * completes an update carries its statistics.
 */
@FunctionalInterface
public interface UpdateListener {

    /** Does nothing. */
    UpdateListener NONE = (policy, update, outcome, at) -> {};

    /**
     * One record.
     *
     * @param outcome what the policy's replica made of it
     * @param at when
     */
    void onUpdate(String policy, ParameterUpdate update, ParameterReplica.Outcome outcome, Instant at);
}

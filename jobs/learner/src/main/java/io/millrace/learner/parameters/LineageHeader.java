package io.millrace.learner.parameters;

import io.millrace.schemas.PolicySpec;

/**
 * Everything of a policy's learning state but its vectors; keyed state.
 *
 * @param spec specification that is followed
 * @param epoch lineage; a restore opens a higher one
 * @param version version of θ within the epoch
 * @param chain checksum chain at that version
 * @param trajectoriesTotal trajectories in θ's lineage
 * @param steps optimizer steps in θ's lineage
 * @param size length of θ
 * @param vectors number of vectors: θ, the residual of quantisation, and the optimizer's moments
 * @param nextSlot slot of the next snapshot
 * @param lastCommand id of the last command carried out; empty: none
 */
public record LineageHeader(
        PolicySpec spec,
        long epoch,
        long version,
        int chain,
        long trajectoriesTotal,
        long steps,
        int size,
        int vectors,
        int nextSlot,
        String lastCommand) {}

package io.millrace.learner.parameters;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalLong;

/** The snapshots that have been published, wherever they are kept: where a job without state goes on from. */
public interface PublishedSnapshots extends Serializable {

    /** The newest complete snapshot of the policy that a learner has published; empty when there is none. */
    Optional<PublishedSnapshot> newest(String policy);

    /**
     * Version of the newest snapshot of which only some chunks are there, where that is above 0: version 0 is θ₀, which is
     * lost by nobody. Empty when there is none.
     */
    OptionalLong newestTorn(String policy);

    /** A certain snapshot, or import (of epoch 0), if it is still kept. */
    Optional<PublishedSnapshot> find(String policy, long epoch, long version);

    /** The snapshot of a version that is frozen as a reference, see {@link FrozenReferences}; else that of the newest epoch. */
    Optional<PublishedSnapshot> reference(String policy, long version);
}

package io.millrace.learner.parameters;

import java.io.Serializable;
import java.util.Optional;

/** The snapshots that have been published, wherever they are kept: where a job without state goes on from. */
public interface PublishedSnapshots extends Serializable {

    /** The newest complete snapshot of the policy that a learner has published; empty when there is none. */
    Optional<PublishedSnapshot> newest(String policy);

    /** A certain snapshot, or import (of epoch 0), if it is still kept. */
    Optional<PublishedSnapshot> find(String policy, long epoch, long version);
}

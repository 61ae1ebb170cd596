package io.millrace.learner.gradient;

import io.millrace.learner.control.KnownPolicy;
import java.io.Serializable;
import java.util.Optional;

/** The snapshots that policies name as the reference of their KL penalty, wherever they are kept. */
public interface ReferenceParameters extends Serializable {

    /**
     * θ_ref of a policy whose file names a snapshot; empty when it is kept nowhere.
     *
     * @return [layout.size()]
     */
    Optional<float[]> find(KnownPolicy policy);
}

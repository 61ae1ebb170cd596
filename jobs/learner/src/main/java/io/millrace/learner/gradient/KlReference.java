package io.millrace.learner.gradient;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.KlSpec;
import java.util.Optional;

/** The policy that a KL penalty refers to; it never changes while a revision is followed. */
final class KlReference {

    private KlReference() {}

    /**
     * θ_ref; empty where the policy's file names none.
     *
     * @throws IllegalArgumentException when the snapshot that it names is kept nowhere
     */
    static Optional<Parameters> of(KnownPolicy known, ReferenceParameters snapshots) {
        KlSpec kl = known.definition().estimator().kl();
        return switch (kl.reference()) {
            case NONE -> Optional.empty();
            case INITIAL -> {
                float[] theta = new float[known.policy().layout().size()];
                known.policy().initialize(theta, known.definition().seed());
                yield Optional.of(new Parameters(theta, 0, 0));
            }
            case SNAPSHOT -> {
                float[] theta = snapshots
                        .find(known)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "estimator.kl.snapshot-version: expected a version that is kept in the snapshots topic,"
                                        + " found " + kl.snapshotVersion()));
                yield Optional.of(new Parameters(theta, 0, kl.snapshotVersion()));
            }
        };
    }
}

package io.millrace.policy.spec;

/**
 * The penalty on the KL divergence from a frozen policy.
 *
 * @param coefficient β, at least 0
 * @param snapshotVersion version of the snapshot that is the reference; 0 for the other references
 */
public record KlSpec(double coefficient, Reference reference, long snapshotVersion) {

    public KlSpec {
        EstimatorKeys.KL_COEFFICIENT.require(coefficient);
        EstimatorKeys.KL_SNAPSHOT_VERSION.require(snapshotVersion);
        if (coefficient > 0 && reference == Reference.NONE) {
            throw PolicySpecException.of(
                    EstimatorKeys.KL_REFERENCE.path(),
                    "initial or snapshot where estimator.kl.coefficient is not 0",
                    "none",
                    "name the reference or set the coefficient to 0");
        }
        if ((reference == Reference.SNAPSHOT) != (snapshotVersion > 0)) {
            throw PolicySpecException.of(
                    EstimatorKeys.KL_SNAPSHOT_VERSION.path(),
                    reference == Reference.SNAPSHOT
                            ? "the snapshot's version, at least 1"
                            : "0 without the reference snapshot",
                    Long.toString(snapshotVersion),
                    "give it together with estimator.kl.reference snapshot");
        }
    }

    public enum Reference {
        NONE,
        /** θ₀, from the seed. */
        INITIAL,
        /** The parameters of a published snapshot. */
        SNAPSHOT
    }
}

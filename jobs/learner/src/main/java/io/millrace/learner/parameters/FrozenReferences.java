package io.millrace.learner.parameters;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.gradient.ReferenceParameters;
import io.millrace.policy.spec.KlSpec;
import io.millrace.policy.wire.ImportedParameters;
import io.millrace.schemas.ParameterSnapshot;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots that policies name as the reference of their KL penalty.
 *
 * <p>The two slots that a learner's snapshots alternate between are written again within a minute, so the server copies a
 * snapshot that is named to a slot of its version, where it stays: whoever is restored, or starts without state, finds the
 * same reference there, also when a later epoch has come to have other parameters under that version.
 */
public final class FrozenReferences implements ReferenceParameters {

    private static final long serialVersionUID = 1L;

    private static final int FIRST_SLOT = ImportedParameters.SLOT + 1;

    private final PublishedSnapshots published;

    public FrozenReferences(PublishedSnapshots published) {
        this.published = published;
    }

    @Override
    public Optional<float[]> find(KnownPolicy policy) {
        return named(policy).map(snapshot -> PolicyOpening.theta(policy, snapshot));
    }

    /**
     * The records that freeze the policy's reference; none where it has none, or has been frozen.
     *
     * @throws IllegalArgumentException when the snapshot that it names is kept nowhere, or is not the policy's
     */
    List<ParameterSnapshot> freeze(KnownPolicy policy) {
        KlSpec kl = policy.definition().estimator().kl();
        if (kl.reference() != KlSpec.Reference.SNAPSHOT) {
            return List.of();
        }
        PublishedSnapshot snapshot = named(policy)
                .orElseThrow(
                        () -> new IllegalArgumentException("estimator.kl.snapshot-version: expected a version that is"
                                + " kept in the snapshots topic, found " + kl.snapshotVersion()
                                + "; name one while it is kept, or the initial parameters"));
        PolicyOpening.theta(policy, snapshot);
        return isFrozen(snapshot) ? List.of() : frozen(snapshot);
    }

    private Optional<PublishedSnapshot> named(KnownPolicy policy) {
        return published.reference(
                policy.name(), policy.definition().estimator().kl().snapshotVersion());
    }

    static boolean isFrozen(PublishedSnapshot snapshot) {
        return snapshot.slot() == slot(snapshot.version());
    }

    private static List<ParameterSnapshot> frozen(PublishedSnapshot snapshot) {
        return snapshot.chunks().stream()
                .map(chunk -> ParameterSnapshot.newBuilder(chunk)
                        .setSlot(slot(chunk.getVersion()))
                        .build())
                .toList();
    }

    private static int slot(long version) {
        return FIRST_SLOT + (int) (version % (Integer.MAX_VALUE - FIRST_SLOT));
    }
}

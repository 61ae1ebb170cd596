package io.millrace.learner.parameters;

import io.millrace.schemas.ParameterSnapshot;
import java.util.Optional;
import java.util.OptionalLong;

/** A snapshots topic in memory. */
final class KeptSnapshots implements PublishedSnapshots {

    private static final long serialVersionUID = 1L;

    private transient SnapshotAssembly assembly = new SnapshotAssembly();

    void add(ParameterSnapshot chunk) {
        assembly.add(chunk);
    }

    @Override
    public Optional<PublishedSnapshot> newest(String policy) {
        return assembly.complete().stream()
                .filter(snapshot -> isOf(policy, snapshot))
                .findFirst();
    }

    @Override
    public OptionalLong newestTorn(String policy) {
        return assembly.newestTorn();
    }

    @Override
    public Optional<PublishedSnapshot> find(String policy, long epoch, long version) {
        return assembly.find(epoch, version).filter(snapshot -> isOf(policy, snapshot));
    }

    @Override
    public Optional<PublishedSnapshot> reference(String policy, long version) {
        return assembly.reference(version).filter(snapshot -> isOf(policy, snapshot));
    }

    private static boolean isOf(String policy, PublishedSnapshot snapshot) {
        return snapshot.chunks().get(0).getPolicy().equals(policy);
    }
}

package io.millrace.learner.parameters;

import io.millrace.policy.wire.ImportedParameters;
import io.millrace.schemas.ParameterSnapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts the chunks of snapshots together, in whatever order they come, and knows which are complete. */
final class SnapshotAssembly {

    private record Identity(long epoch, long version, int slot) {}

    private final Map<Identity, TreeMap<Integer, ParameterSnapshot>> chunks = new HashMap<>();

    void add(ParameterSnapshot chunk) {
        chunks.computeIfAbsent(
                        new Identity(chunk.getEpoch(), chunk.getVersion(), chunk.getSlot()), id -> new TreeMap<>())
                .put(chunk.getChunk(), chunk);
    }

    /** Every complete snapshot that a learner goes on from, newest first: no imports and no references. */
    List<PublishedSnapshot> complete() {
        return all().filter(snapshot -> snapshot.slot() < ImportedParameters.SLOT)
                .sorted(Comparator.comparingLong(PublishedSnapshot::epoch)
                        .thenComparingLong(PublishedSnapshot::version)
                        .reversed())
                .toList();
    }

    /** Version, above 0, of the newest incomplete snapshot that a learner has published: an import is of epoch 0. */
    OptionalLong newestTorn() {
        return chunks.entrySet().stream()
                .filter(of -> of.getValue().size()
                        != of.getValue().firstEntry().getValue().getChunks())
                .map(Map.Entry::getKey)
                .filter(of -> of.epoch() > 0 && of.version() > 0)
                .max(Comparator.comparingLong(Identity::epoch).thenComparingLong(Identity::version))
                .map(of -> OptionalLong.of(of.version()))
                .orElseGet(OptionalLong::empty);
    }

    Optional<PublishedSnapshot> newest() {
        return complete().stream().findFirst();
    }

    /** A certain one, an import too. */
    Optional<PublishedSnapshot> find(long epoch, long version) {
        return all().filter(snapshot -> snapshot.epoch() == epoch && snapshot.version() == version)
                .findFirst();
    }

    /** A version as it was frozen, else that of the newest epoch. */
    Optional<PublishedSnapshot> reference(long version) {
        return all().filter(snapshot -> snapshot.version() == version && snapshot.epoch() > 0)
                .max(Comparator.comparing(FrozenReferences::isFrozen).thenComparingLong(PublishedSnapshot::epoch));
    }

    private Stream<PublishedSnapshot> all() {
        return chunks.values().stream()
                .filter(of -> of.size() == of.firstEntry().getValue().getChunks())
                .map(of -> new PublishedSnapshot(List.copyOf(of.values())));
    }
}

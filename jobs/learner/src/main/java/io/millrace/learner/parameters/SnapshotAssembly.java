package io.millrace.learner.parameters;

import io.millrace.policy.wire.ImportedParameters;
import io.millrace.schemas.ParameterSnapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts the chunks of snapshots together, in whatever order they come, and knows which are complete. */
final class SnapshotAssembly {

    private record Identity(long epoch, long version, int slot) {}

    private static final Comparator<Identity> BY_AGE =
            Comparator.comparingLong(Identity::epoch).thenComparingLong(Identity::version);

    private final Map<Identity, TreeMap<Integer, ParameterSnapshot>> chunks = new HashMap<>();

    void add(ParameterSnapshot chunk) {
        chunks.computeIfAbsent(
                        new Identity(chunk.getEpoch(), chunk.getVersion(), chunk.getSlot()), id -> new TreeMap<>())
                .put(chunk.getChunk(), chunk);
    }

    /** Forgets what is older than the newest complete one, imports aside: a topic that waits for compaction holds many. */
    void forgetOlder() {
        newestComplete()
                .ifPresent(newest -> chunks.keySet()
                        .removeIf(of -> of.slot() < ImportedParameters.SLOT && BY_AGE.compare(of, newest) < 0));
    }

    private Optional<Identity> newestComplete() {
        return chunks.entrySet().stream()
                .filter(of -> of.getKey().slot() < ImportedParameters.SLOT && isComplete(of.getValue()))
                .map(Map.Entry::getKey)
                .max(BY_AGE);
    }

    private static boolean isComplete(NavigableMap<Integer, ParameterSnapshot> chunks) {
        return chunks.size() == chunks.firstEntry().getValue().getChunks();
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
                .filter(of -> !isComplete(of.getValue()))
                .map(Map.Entry::getKey)
                .filter(of -> of.epoch() > 0 && of.version() > 0)
                .max(BY_AGE)
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
                .filter(SnapshotAssembly::isComplete)
                .map(of -> new PublishedSnapshot(List.copyOf(of.values())));
    }
}

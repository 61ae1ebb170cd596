package io.millrace.sdk.replica;

import io.millrace.schemas.ParameterSnapshot;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The chunks of one slot, of which only those of the newest snapshot in it belong together. */
final class SnapshotSlot {

    private static final Comparator<ParameterSnapshot> BY_AGE =
            Comparator.comparingLong(ParameterSnapshot::getEpoch).thenComparingLong(ParameterSnapshot::getVersion);

    private final TreeMap<Integer, ParameterSnapshot> chunks = new TreeMap<>();

    /** The newest complete snapshot of several slots. */
    static Optional<SnapshotSlot> newest(Collection<SnapshotSlot> slots) {
        return slots.stream()
                .filter(SnapshotSlot::complete)
                .max(Comparator.comparing(slot -> slot.chunks.firstEntry().getValue(), BY_AGE));
    }

    void add(ParameterSnapshot chunk) {
        if (!chunks.isEmpty()) {
            int age = BY_AGE.compare(chunk, chunks.firstEntry().getValue());
            if (age < 0) {
                return;
            }
            if (age > 0) {
                chunks.clear();
            }
        }
        chunks.put(chunk.getChunk(), chunk);
    }

    private boolean complete() {
        return !chunks.isEmpty()
                && chunks.size() == chunks.firstEntry().getValue().getChunks();
    }

    List<ParameterSnapshot> chunks() {
        return List.copyOf(chunks.values());
    }
}

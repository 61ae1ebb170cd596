package io.millrace.learner.parameters;

import io.millrace.schemas.ParameterSnapshot;
import java.util.List;

/**
 * A complete snapshot.
 *
 * @param chunks all its chunks, in order; at least one
 */
public record PublishedSnapshot(List<ParameterSnapshot> chunks) {

    public PublishedSnapshot {
        chunks = List.copyOf(chunks);
    }

    public long epoch() {
        return chunks.get(0).getEpoch();
    }

    public long version() {
        return chunks.get(0).getVersion();
    }

    public int slot() {
        return chunks.get(0).getSlot();
    }

    /** Revision of the specification that the learner followed. */
    public long specRevision() {
        return chunks.get(0).getSpecRevision();
    }

    public long trajectoriesTotal() {
        return chunks.get(0).getTrajectoriesTotal();
    }
}

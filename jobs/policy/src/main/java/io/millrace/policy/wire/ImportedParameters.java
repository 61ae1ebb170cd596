package io.millrace.policy.wire;

import io.millrace.policy.parameters.Checksums;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.SnapshotEncoder;
import io.millrace.policy.parameters.UpdateChunk;
import io.millrace.schemas.ParameterSnapshot;
import java.time.Instant;
import java.util.List;

/**
 * θ from outside, on its way to the learner: chunks on the snapshots topic under a slot of their own, and then a command
 * of the policy that names them. So the learner stays the only one that replicas get θ from: they pass over this slot.
 *
 * <p>An import has the epoch {@value #EPOCH}, below every learner's, and its id as its version.
 */
public final class ImportedParameters {

    /** Behind the two slots that a learner's own snapshots alternate between. */
    public static final int SLOT = 2;

    public static final long EPOCH = 0;

    private ImportedParameters() {}

    /** Whether a chunk belongs to an import, and so is not what a learner has published. */
    public static boolean isImported(ParameterSnapshot chunk) {
        return chunk.getSlot() == SLOT;
    }

    /**
     * The records of an import.
     *
     * @param id unlike that of any other import of the policy, and positive
     * @param theta [layout.size()]
     */
    public static List<ParameterSnapshot> records(
            String policy, long id, ParameterLayout layout, float[] theta, Instant now) {
        int checksum = Checksums.of(theta);
        return UpdateChunk.ofSnapshot(policy, EPOCH, id, SnapshotEncoder.encode(layout, theta), checksum, checksum)
                .stream()
                .map(chunk -> UpdateWriter.snapshot(chunk)
                        .setSlot(SLOT)
                        .setCreatedAt(now)
                        .build())
                .toList();
    }
}

package io.millrace.policy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.policy.parameters.EncodedParameters;
import io.millrace.policy.parameters.UpdateChunk;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UpdateWireTest {

    private static final UpdateChunk DELTA = UpdateChunk.ofDelta(
                    "home", 3, 41, 38, new EncodedParameters("delta-sparse-i8", new byte[] {1, 2, 3}), 77)
            .get(0);

    private static final UpdateChunk SNAPSHOT = UpdateChunk.ofSnapshot(
                    "home", 3, 41, new EncodedParameters("snapshot-dense-f32", new byte[] {4, 5}), 99, 77)
            .get(0);

    @Test
    void deltaComesBackFromTheWireAsItWas() throws Exception {
        assertSame(overTheWire(DELTA), DELTA);
    }

    @Test
    void auditedDeltaKeepsItsChecksum() throws Exception {
        UpdateChunk audited = DELTA.withAudit(-5);
        assertSame(overTheWire(audited), audited);
        assertThat(overTheWire(audited).thetaChecksum()).isEqualTo(-5);
    }

    @Test
    void snapshotComesBackFromBothTopicsAsItWas() throws Exception {
        assertSame(overTheWire(SNAPSHOT), SNAPSHOT);
        ParameterSnapshot record =
                UpdateWriter.snapshot(SNAPSHOT).setCreatedAt(Instant.EPOCH).build();
        assertSame(UpdateReader.chunk(ParameterSnapshot.fromByteBuffer(record.toByteBuffer())), SNAPSHOT);
    }

    @Test
    void ordinaryUpdateIsItsOwnLineagesChild() {
        ParameterUpdate record =
                UpdateWriter.update(DELTA).setCreatedAt(Instant.EPOCH).build();
        assertThat(record.getParentEpoch()).isEqualTo(3);
        assertThat(record.getParentVersion()).isZero();
    }

    @Test
    void deltaIsNoSnapshotRecord() {
        assertThatThrownBy(() -> UpdateWriter.snapshot(DELTA))
                .hasMessage("snapshot record: expected a chunk of a snapshot, found one of a delta"
                        + " (policy 'home', version 41)");
    }

    @Test
    void payloadIsReadFromThePartOfABufferThatItFills() {
        ByteBuffer part = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3);
        ParameterUpdate record = UpdateWriter.update(DELTA)
                .setPayload(part)
                .setCreatedAt(Instant.EPOCH)
                .build();
        assertThat(UpdateReader.chunk(record).payload()).containsExactly(1, 2, 3);
        assertThat(part.remaining()).isEqualTo(3);
    }

    private static UpdateChunk overTheWire(UpdateChunk chunk) throws Exception {
        ParameterUpdate record =
                UpdateWriter.update(chunk).setCreatedAt(Instant.EPOCH).build();
        return UpdateReader.chunk(ParameterUpdate.fromByteBuffer(record.toByteBuffer()));
    }

    private static void assertSame(UpdateChunk found, UpdateChunk expected) {
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    }
}

package io.millrace.sdk.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.ParameterSnapshot;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotSlotTest {

    private final SnapshotSlot first = new SnapshotSlot();
    private final SnapshotSlot second = new SnapshotSlot();

    @Test
    void prefersTheHigherEpochToTheHigherVersion() {
        first.add(chunk(1, 900, 0, 1));
        second.add(chunk(2, 10, 0, 1));

        assertThat(newest()).containsExactly(chunk(2, 10, 0, 1));
    }

    @Test
    void fallsBackToTheOtherSlotWhileOneIsHalfWritten() {
        first.add(chunk(1, 10, 0, 2));
        first.add(chunk(1, 10, 1, 2));
        second.add(chunk(1, 20, 0, 2));

        assertThat(newest()).containsExactly(chunk(1, 10, 0, 2), chunk(1, 10, 1, 2));
    }

    @Test
    void neverPutsChunksOfTwoSnapshotsTogether() {
        first.add(chunk(1, 10, 1, 2));
        first.add(chunk(1, 20, 0, 2));
        assertThat(SnapshotSlot.newest(List.of(first))).isEmpty();

        first.add(chunk(1, 10, 0, 2));
        assertThat(SnapshotSlot.newest(List.of(first))).isEmpty();

        first.add(chunk(1, 20, 1, 2));
        assertThat(newest()).containsExactly(chunk(1, 20, 0, 2), chunk(1, 20, 1, 2));
    }

    private List<ParameterSnapshot> newest() {
        return SnapshotSlot.newest(List.of(first, second)).orElseThrow().chunks();
    }

    private static ParameterSnapshot chunk(long epoch, long version, int chunk, int chunks) {
        return ParameterSnapshot.newBuilder()
                .setPolicy("home")
                .setEpoch(epoch)
                .setVersion(version)
                .setChunk(chunk)
                .setChunks(chunks)
                .setEncoding("none")
                .setPayload(ByteBuffer.allocate(0))
                .setChecksum(0)
                .setChain(0)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }
}

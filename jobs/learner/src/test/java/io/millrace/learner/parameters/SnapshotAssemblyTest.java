package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.wire.ImportedParameters;
import io.millrace.schemas.ParameterSnapshot;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SnapshotAssemblyTest {

    private final SnapshotAssembly assembly = new SnapshotAssembly();

    @Test
    void knowsNoneAtFirst() {
        assertThat(assembly.newest()).isEmpty();
        assertThat(assembly.complete()).isEmpty();
    }

    @Test
    void putsChunksTogetherInWhateverOrderTheyCome() {
        assembly.add(chunk(1, 1, 0, 2, 3));
        assembly.add(chunk(1, 1, 0, 0, 3));
        assembly.add(chunk(1, 1, 0, 1, 3));

        assertThat(assembly.newest().orElseThrow().chunks())
                .extracting(ParameterSnapshot::getChunk)
                .containsExactly(0, 1, 2);
    }

    @Test
    void prefersTheHigherEpochToTheHigherVersion() {
        assembly.add(chunk(1, 90, 0, 0, 1));
        assembly.add(chunk(2, 5, 1, 0, 1));

        assertThat(assembly.newest()).hasValueSatisfying(newest -> {
            assertThat(newest.epoch()).isEqualTo(2);
            assertThat(newest.version()).isEqualTo(5);
            assertThat(newest.slot()).isEqualTo(1);
        });
    }

    @Test
    void takesNoImportForPublishedButFindsIt() {
        assembly.add(chunk(0, 99, ImportedParameters.SLOT, 0, 1));

        assertThat(assembly.newest()).isEmpty();
        assertThat(assembly.complete()).isEmpty();
        assertThat(assembly.find(0, 99)).isPresent();
    }

    @Test
    void ignoresANewerSnapshotThatIsIncomplete() {
        assembly.add(chunk(1, 1, 0, 0, 1));
        assembly.add(chunk(1, 2, 1, 0, 2));

        assertThat(assembly.newest().orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void forgetsWhatIsOlderThanTheNewestThatIsWhole() {
        assembly.add(chunk(1, 5, 0, 0, 1));
        assembly.add(chunk(1, 4, 1, 0, 2));
        assembly.add(chunk(0, 99, ImportedParameters.SLOT, 0, 1));
        assembly.forgetOlder();
        assembly.add(chunk(2, 3, 0, 0, 2));
        assembly.forgetOlder();

        assertThat(assembly.newest().orElseThrow().version()).isEqualTo(5);
        assertThat(assembly.find(0, 99)).isPresent();
        assertThat(assembly.newestTorn()).hasValue(3);

        assembly.add(chunk(2, 3, 0, 1, 2));
        assembly.forgetOlder();

        assertThat(assembly.newest().orElseThrow().version()).isEqualTo(3);
        assertThat(assembly.find(1, 5)).isEmpty();
        assertThat(assembly.newestTorn()).isEmpty();
    }

    @Test
    void tellsPiecesOfWhatWasLearnedFromPiecesOfTheBeginning() {
        assembly.add(chunk(1, 0, 0, 0, 2));
        assertThat(assembly.newestTorn()).isEmpty();

        assembly.add(chunk(1, 7, 1, 0, 2));
        assembly.add(chunk(2, 5, 0, 0, 2));
        assembly.add(chunk(0, 100, ImportedParameters.SLOT, 0, 2));
        assertThat(assembly.newestTorn()).hasValue(5);
    }

    @Test
    void doesNotMixChunksOfDifferentVersionsOrSlots() {
        assembly.add(chunk(1, 1, 0, 0, 2));
        assembly.add(chunk(1, 2, 0, 1, 2));
        assembly.add(chunk(1, 1, 1, 1, 2));

        assertThat(assembly.complete()).isEmpty();
    }

    @Test
    void countsAChunkThatCameTwiceOnce() {
        assembly.add(chunk(1, 1, 0, 0, 2));
        assembly.add(chunk(1, 1, 0, 0, 2));

        assertThat(assembly.complete()).isEmpty();
    }

    @Test
    void findsACertainVersionWhileItIsKept() {
        assembly.add(chunk(1, 1, 0, 0, 1));
        assembly.add(chunk(1, 2, 1, 0, 1));

        assertThat(assembly.find(1, 1).orElseThrow().trajectoriesTotal()).isEqualTo(10);
        assertThat(assembly.find(1, 3)).isEmpty();
    }

    private static ParameterSnapshot chunk(long epoch, long version, int slot, int chunk, int chunks) {
        return ParameterSnapshot.newBuilder()
                .setPolicy("pick")
                .setSlot(slot)
                .setEpoch(epoch)
                .setVersion(version)
                .setChunk(chunk)
                .setChunks(chunks)
                .setEncoding("snapshot-dense-f32")
                .setPayload(ByteBuffer.wrap(new byte[] {1}))
                .setChecksum(0)
                .setChain(0)
                .setTrajectoriesTotal(version * 10)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }
}

package io.millrace.policy.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncodedParametersTest {

    @Test
    void cutsIntoChunksThatFitARecordAndTheReplicaJoinsThem() {
        ParameterLayout layout = ParameterLayout.of("table", 1000, 500);
        float[] theta = new float[layout.size()];
        Random random = new Random(1);
        for (int i = 0; i < theta.length; i++) {
            theta[i] = random.nextFloat();
        }
        EncodedParameters encoded = SnapshotEncoder.encode(layout, theta);
        List<UpdateChunk> chunks = UpdateChunk.ofSnapshot("home", 1, 9, encoded, Checksums.of(theta), 5);
        assertThat(chunks)
                .hasSize(3)
                .allMatch(chunk -> chunk.payload().length <= EncodedParameters.MAX_CHUNK_BYTES)
                .allMatch(chunk -> chunk.chunks() == 3);

        ParameterReplica replica = ParameterReplica.singleThreaded("home", layout);
        chunks.forEach(replica::offer);
        assertThat(replica.version()).isEqualTo(9);
        assertThat(replica.chain()).isEqualTo(5);
        assertThat(replica.thetaChecksum()).isEqualTo(Checksums.of(theta));
    }

    @Test
    void doesNotCopyAPayloadThatFitsOneChunk() {
        EncodedParameters encoded =
                new EncodedParameters("delta-sparse-i8", new byte[EncodedParameters.MAX_CHUNK_BYTES]);
        assertThat(encoded.chunks()).containsExactly(encoded.payload());
    }
}

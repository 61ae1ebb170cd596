package io.millrace.policy.parameters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** The single writer of θ in miniature: takes random steps, publishes, is restored, and remembers all it ever published. */
final class PublishingLearner {

    record Lineage(long epoch, long version) {}

    private record State(float[] theta, int chain) {}

    private final String policy;
    private final ParameterLayout layout;
    private final int maxChunkBytes;
    private final DeltaEncoder encoder;
    private final GradientAccumulator pending;
    private final Map<Lineage, State> published = new HashMap<>();
    private float[] theta;
    private long epoch = 1;
    private long version;
    private int chain;

    PublishingLearner(String policy, ParameterLayout layout, int maxChunkBytes) {
        this.policy = policy;
        this.layout = layout;
        this.maxChunkBytes = maxChunkBytes;
        this.encoder = new DeltaEncoder(layout);
        this.pending = new GradientAccumulator(layout);
        this.theta = new float[layout.size()];
        remember();
    }

    /** A step of random size on about {@code share} of the rows, published. */
    List<UpdateChunk> delta(RandomGenerator random, double share) {
        for (int row = 0; row < layout.rows(); row++) {
            if (random.nextDouble() < share) {
                pending.touch(row);
                float size = (float) Math.pow(10, random.nextInt(-6, 2));
                for (int j = 0; j < layout.rowWidth(); j++) {
                    pending.values()[row * layout.rowWidth() + j] += size * (float) random.nextGaussian();
                }
            }
        }
        return delta();
    }

    /** What is pending, published. */
    List<UpdateChunk> delta() {
        EncodedParameters encoded = encoder.encode(pending, theta);
        chain = Checksums.chain(chain, encoded.payload());
        version++;
        remember();
        return cut(
                encoded,
                UpdateChunk.ofDelta(policy, epoch, version, version - 1, encoded, chain)
                        .get(0));
    }

    List<UpdateChunk> snapshot() {
        EncodedParameters encoded = SnapshotEncoder.encode(layout, theta);
        int checksum = Checksums.of(theta);
        return cut(
                encoded,
                UpdateChunk.ofSnapshot(policy, epoch, version, encoded, checksum, chain)
                        .get(0));
    }

    /** Goes back to what was published earlier, opens a higher epoch, and publishes its first snapshot. */
    List<UpdateChunk> restore(Lineage to, long higherEpoch) {
        State state = state(to);
        theta = state.theta().clone();
        chain = state.chain();
        epoch = higherEpoch;
        version = to.version();
        pending.clear();
        Arrays.fill(pending.values(), 0f);
        remember();
        return snapshot();
    }

    GradientAccumulator pending() {
        return pending;
    }

    float[] theta() {
        return theta;
    }

    Lineage head() {
        return new Lineage(epoch, version);
    }

    List<Lineage> everPublished() {
        return List.copyOf(published.keySet());
    }

    float[] thetaAt(Lineage lineage) {
        return state(lineage).theta();
    }

    private State state(Lineage lineage) {
        return Objects.requireNonNull(published.get(lineage), "never published");
    }

    private void remember() {
        published.put(head(), new State(theta.clone(), chain));
    }

    private List<UpdateChunk> cut(EncodedParameters encoded, UpdateChunk whole) {
        List<byte[]> payloads = encoded.chunks(maxChunkBytes);
        List<UpdateChunk> chunks = new ArrayList<>();
        for (byte[] payload : payloads) {
            chunks.add(Chunks.with(whole, chunks.size(), payloads.size(), payload));
        }
        return chunks;
    }
}

package io.millrace.neural.mlp;

import static io.millrace.policy.FiniteDifferences.parameters;
import static io.millrace.policy.FiniteDifferences.randomVector;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.Batch;
import io.millrace.policy.Policy;
import io.millrace.policy.parameters.GradientAccumulator;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class MlpMemoryTest {

    private static final long MEGABYTE = 1 << 20;

    @Test
    void tenThousandBatchesOfAllSizesKeepResidentMemoryFlat() {
        var random = new SplittableRandom(1);
        Policy policy = Mlps.policy("tanh", "separate", List.of(64, 64));
        float[] theta = randomVector(policy.layout().size(), random);
        var gradient = new GradientAccumulator(policy.layout());
        Batch[] batches = new Batch[16];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = Mlps.batch(1 + 5 * i, random);
        }
        soak(policy, theta, batches, gradient, 1_000);
        long before = Pointer.physicalBytes();

        soak(policy, theta, batches, gradient, 10_000);

        // A leak of one layer's outputs would be 250 MB; the heap may touch some of its own pages anew.
        assertThat(Pointer.physicalBytes() - before).isLessThan(128 * MEGABYTE);
        assertThat(gradient.values()[0]).isFinite();
    }

    private static void soak(Policy policy, float[] theta, Batch[] batches, GradientAccumulator out, int count) {
        for (int i = 0; i < count; i++) {
            Batch batch = batches[i % batches.length];
            policy.gradient(parameters(theta), batch, InBetween.NOTHING, out);
            out.clear();
        }
    }
}

package io.millrace.policy.softmax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Generated;
import io.millrace.policy.Sampling;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SamplerTest {

    @Test
    void recordsTheDistributionThatItDrawsFrom() {
        var sampler = new Sampler(3);
        var out = new Generated();
        var random = new SplittableRandom(1);
        // At temperature ½ the odds 1 : 2 : 4 become 1 : 4 : 16; the two likeliest are left.
        var sampling = new Sampling.Stochastic(0.5, 2, 1);
        int[] counts = new int[3];
        for (int i = 0; i < 20_000; i++) {
            out.clear();
            int action = sampler.draw(logits(), sampling, random, out);
            counts[action]++;
            assertThat(out.logProb(0)).isEqualTo((float) Math.log(action == 2 ? 0.8 : 0.2), within(1e-5f));
            assertThat(out.entropy()).isEqualTo(-0.8 * Math.log(0.8) - 0.2 * Math.log(0.2), within(1e-5));
        }

        assertThat(counts[0]).isZero();
        // Five standard deviations of a binomial.
        assertThat(counts[2]).isBetween(16_000 - 283, 16_000 + 283);
    }

    @Test
    void takesTheLikeliestWhenGreedyAndRecordsThatNothingElseCouldHaveCome() {
        var out = new Generated();

        assertThat(new Sampler(3).draw(logits(), new Sampling.Greedy(), new SplittableRandom(1), out))
                .isEqualTo(2);

        assertThat(out.logProb(0)).isZero();
    }

    private static float[] logits() {
        return new float[] {5, 5 + (float) Math.log(2), 5 + (float) Math.log(4)};
    }
}

package io.millrace.policy.softmax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

    @Test
    void exponentiatesToSevenDigits() {
        for (float x = 0; x > -87; x -= 0.00137f) {
            assertThat(Softmax.exp(x) / Math.exp(x)).as("exp(%s)", x).isEqualTo(1, within(3e-7));
        }
    }

    @Test
    void neverAnswersZeroHoweverUnlikely() {
        assertThat(Softmax.exp(-1000f)).isPositive();
        assertThat(Softmax.exp(Float.NEGATIVE_INFINITY)).isPositive();
    }

    @Test
    void agreesWithTheDefinition() {
        var random = new SplittableRandom(1);
        for (int n = 1; n < 20; n++) {
            float[] logits = new float[n];
            double[] exact = new double[n];
            double z = 0;
            for (int j = 0; j < n; j++) {
                logits[j] = (float) random.nextDouble(-5, 5);
                exact[j] = Math.exp(logits[j]);
                z += exact[j];
            }
            double entropy = 0;
            for (int j = 0; j < n; j++) {
                exact[j] /= z;
                entropy -= exact[j] * Math.log(exact[j]);
            }
            float[] p = new float[n + 3];

            float sum = Softmax.exponentials(logits, n, p, 3);

            assertThat(Softmax.entropy(logits, n, p, 3, sum)).isEqualTo(entropy, within(1e-5));
            Softmax.normalize(p, 3, n, sum);
            for (int j = 0; j < n; j++) {
                assertThat((double) p[3 + j]).isEqualTo(exact[j], within(1e-6));
                assertThat((double) Softmax.logProb(logits[j], sum)).isEqualTo(Math.log(exact[j]), within(1e-5));
            }
        }
    }

    @Test
    void answersTheLowestOfEqualsAsGreatest() {
        assertThat(Softmax.greatest(new float[] {9, 1, 3, 3}, 1, 3)).isEqualTo(1);
    }

    @Test
    void samplesTheLikeliestWhenRoundingLeavesACrumb() {
        float[] e = {0.25f, 0.5f, 0.125f};

        assertThat(Softmax.sample(e, 0, 3, 1f, 0.999999)).isEqualTo(1);
    }

    @Test
    void refusesLogitsThatAreNotFinite() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Softmax.exponentials(new float[] {0, bad, 1}, 3, new float[3], 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("expected finite logits");
        }
    }
}

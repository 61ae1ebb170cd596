package io.millrace.policy.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.value.ValueEstimate.Method;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A bandit whose target policy and rewards are known exactly: μ chooses, π is judged. */
class ValueSumsTest {

    private static final double[] MU = {0.5, 0.3, 0.2};
    private static final double[] PI = {0.1, 0.2, 0.7};
    private static final double[] REWARD = {0.2, 0.9, 0.4};
    /** What a bad reward model thinks. */
    private static final double[] GUESS = {3.5, -1, 0.25};

    @Test
    void ipsAndDoublyRobustAreUnbiasedWhateverTheGuess() {
        double ips = 0;
        double robust = 0;
        for (int a = 0; a < MU.length; a++) {
            var sums = new ValueSums();
            sums.add(PI[a] / MU[a], REWARD[a], expected(), GUESS[a]);
            sums.add(PI[a] / MU[a], REWARD[a], expected(), GUESS[a]);
            ips += MU[a] * of(sums, Method.IPS).value();
            robust += MU[a] * of(sums, Method.DOUBLY_ROBUST).value();
        }
        assertThat(ips).isEqualTo(value(), within(1e-12));
        assertThat(robust).isEqualTo(value(), within(1e-12));
    }

    @Test
    void estimatesByHand() {
        var sums = new ValueSums();
        sums.add(2, 1);
        sums.add(0.5, 3);

        ValueEstimate ips = of(sums, Method.IPS);
        assertThat(ips.value()).isEqualTo((2 + 1.5) / 2);
        // Sample variance of 2 and 1.5 is 0.125, of their mean half of it.
        assertThat(ips.upper() - ips.value()).isEqualTo(1.959964 * 0.25, within(1e-9));
        assertThat(ips.lower()).isEqualTo(2 * ips.value() - ips.upper(), within(1e-12));
        assertThat(ips.effectiveSampleSize()).isEqualTo(2.5 * 2.5 / 4.25);

        ValueEstimate ratio = of(sums, Method.SELF_NORMALISED_IPS);
        assertThat(ratio.value()).isEqualTo(3.5 / 2.5);
        double residuals = Math.pow(2 * (1 - 1.4), 2) + Math.pow(0.5 * (3 - 1.4), 2);
        assertThat(ratio.upper() - ratio.value()).isEqualTo(1.959964 * Math.sqrt(residuals / 6.25 * 2), within(1e-9));
        assertThat(of(sums)).doesNotContainKey(Method.DOUBLY_ROBUST);
    }

    @Test
    void intervalsHoldTheValueAboutAsOftenAsTheySay() {
        var random = new SplittableRandom(3);
        int runs = 400;
        Map<Method, Integer> held = new EnumMap<>(Method.class);
        for (int run = 0; run < runs; run++) {
            var sums = sampled(random, 1_000);
            of(sums).forEach((method, estimate) -> {
                if (estimate.lower() <= value() && value() <= estimate.upper()) {
                    held.merge(method, 1, Integer::sum);
                }
            });
        }
        // 95% of 400, give or take four standard errors of a share.
        assertThat(held)
                .hasSize(3)
                .allSatisfy(
                        (method, count) -> assertThat(count).as(method.name()).isBetween(362, 398));
    }

    @Test
    void aGoodGuessMakesTheIntervalShorter() {
        var sums = sampled(new SplittableRandom(5), 2_000);
        ValueEstimate ips = of(sums, Method.IPS);
        ValueEstimate robust = of(sums, Method.DOUBLY_ROBUST);

        assertThat(robust.upper() - robust.lower()).isLessThan(ips.upper() - ips.lower());
    }

    @Test
    void forgetsByHalfAHalfLife() {
        var sums = new ValueSums();
        sums.add(1, 0);
        sums.add(1, 0);
        sums.forget((long) ValueSums.HALF_LIFE);
        sums.add(1, 1);

        assertThat(of(sums, Method.IPS).value()).isEqualTo(1 / 2.0, within(1e-12));
        assertThat(of(sums, Method.IPS).effectiveSampleSize())
                .as("weights a half, a half and one")
                .isEqualTo(4 / 1.5, within(1e-12));
    }

    @Test
    void addUp() {
        var random = new SplittableRandom(9);
        ValueSums one = sampled(random, 10);
        ValueSums other = sampled(random, 20);
        var both = new ValueSums(one.toArray());
        both.add(other);

        for (int i = 0; i < ValueSums.LENGTH; i++) {
            assertThat(both.toArray()[i]).isEqualTo(one.toArray()[i] + other.toArray()[i]);
        }
    }

    @Test
    void sayNothingOfOneTrajectoryAndNothingSelfNormalisedOfNoWeight() {
        var sums = new ValueSums();
        assertThat(sums.estimates()).isEmpty();
        sums.add(0, 1, 0.5, 0.5);
        sums.forget(1);
        assertThat(sums.estimates()).isEmpty();

        sums.add(0, 1, 0.5, 0.5);

        assertThat(of(sums)).containsOnlyKeys(Method.IPS, Method.DOUBLY_ROBUST);
        assertThat(of(sums, Method.IPS).effectiveSampleSize()).isZero();
    }

    @Test
    void refuseSumsOfAnotherLength() {
        assertThatThrownBy(() -> new ValueSums(new double[3]))
                .hasMessage("value sums: expected 13 numbers, found 3; they are of another release");
    }

    private static ValueSums sampled(SplittableRandom random, int trajectories) {
        var sums = new ValueSums();
        for (int i = 0; i < trajectories; i++) {
            double u = random.nextDouble();
            int a = u < MU[0] ? 0 : u < MU[0] + MU[1] ? 1 : 2;
            double noise = random.nextDouble() - 0.5;
            sums.add(PI[a] / MU[a], REWARD[a] + noise, value(), value());
        }
        return sums;
    }

    private static double expected() {
        double sum = 0;
        for (int a = 0; a < PI.length; a++) {
            sum += PI[a] * GUESS[a];
        }
        return sum;
    }

    private static double value() {
        double sum = 0;
        for (int a = 0; a < PI.length; a++) {
            sum += PI[a] * REWARD[a];
        }
        return sum;
    }

    private static ValueEstimate of(ValueSums sums, Method method) {
        return sums.estimates().stream()
                .filter(estimate -> estimate.method() == method)
                .findAny()
                .orElseThrow();
    }

    private static Map<Method, ValueEstimate> of(ValueSums sums) {
        Map<Method, ValueEstimate> byMethod = new EnumMap<>(Method.class);
        sums.estimates().forEach(estimate -> byMethod.put(estimate.method(), estimate));
        return byMethod;
    }
}

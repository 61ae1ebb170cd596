package io.millrace.policy.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.gradient.Advantages.VTrace;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What the ways of crediting an action have in common, on random rewards, values and ratios. */
class AdvantagesProperties {

    private static final int ROOM = 40;

    private final double[] advantages = new double[ROOM];
    private final double[] targets = new double[ROOM];
    private final double[] otherAdvantages = new double[ROOM];
    private final double[] otherTargets = new double[ROOM];

    @Property
    void generalizedWithoutDecayIsMonteCarloMinusV(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = ROOM) int length,
            @ForAll @DoubleRange(min = 0.01, max = 1) double discount) {
        Case c = new Case(seed);

        Advantages.generalized(length, c.rewards, c.values, discount, 1, advantages, targets);
        Advantages.monteCarlo(length, c.rewards, c.values, discount, otherAdvantages, otherTargets);

        assertSame(length);
    }

    @Property
    void generalizedWithFullDecayIsOneStep(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = ROOM) int length,
            @ForAll @DoubleRange(min = 0.01, max = 1) double discount) {
        Case c = new Case(seed);

        Advantages.generalized(length, c.rewards, c.values, discount, 0, advantages, targets);
        Advantages.temporalDifference(length, c.rewards, c.values, discount, otherAdvantages, otherTargets);

        assertSame(length);
    }

    @Property
    void nStepIsItsRewardsAndThenV(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = ROOM) int length,
            @ForAll @IntRange(min = 1, max = 2 * ROOM) int steps,
            @ForAll @DoubleRange(min = 0.01, max = 1) double discount) {
        Case c = new Case(seed);

        Advantages.nStep(length, c.rewards, c.values, discount, steps, advantages, targets);

        for (int t = 0; t < length; t++) {
            double sum = t + steps < length ? Math.pow(discount, steps) * c.values[t + steps] : 0;
            for (int k = 0; k < steps && t + k < length; k++) {
                sum += Math.pow(discount, k) * c.rewards[t + k];
            }
            otherTargets[t] = sum;
            otherAdvantages[t] = sum - c.values[t];
        }
        assertSame(length);
    }

    @Property
    void vTraceOnPolicyIsNStep(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = ROOM) int length,
            @ForAll @DoubleRange(min = 1, max = 3) double bound,
            @ForAll @DoubleRange(min = 0.01, max = 1) double discount) {
        Case c = new Case(seed);
        var bounds = new VTrace(discount, 1, bound, bound);

        Advantages.vTrace(length, c.rewards, c.values, new double[ROOM], bounds, advantages, targets);
        Advantages.nStep(length, c.rewards, c.values, discount, length, otherAdvantages, otherTargets);

        assertSame(length);
    }

    /** Equation 1 as it is printed: a sum over later steps, of products of c. */
    @Property
    void vTraceIsTheSumOfThePaper(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = ROOM) int length,
            @ForAll @DoubleRange(min = 0.1, max = 3) double rho,
            @ForAll @DoubleRange(min = 0.1, max = 1.5) double c,
            @ForAll @DoubleRange(min = 0, max = 1) double lambda) {
        Case random = new Case(seed);
        double discount = 0.9;

        Advantages.vTrace(
                length,
                random.rewards,
                random.values,
                random.logRatios,
                new VTrace(discount, lambda, rho, c),
                advantages,
                targets);

        for (int s = 0; s < length; s++) {
            double sum = random.values[s];
            double product = 1;
            for (int t = s; t < length; t++) {
                double next = t + 1 < length ? random.values[t + 1] : 0;
                double surprise = random.rewards[t] + discount * next - random.values[t];
                double ratio = Math.exp(random.logRatios[t]);
                sum += product * Math.min(rho, ratio) * surprise;
                product *= discount * lambda * Math.min(c, ratio);
            }
            otherTargets[s] = sum;
        }
        for (int s = 0; s < length; s++) {
            double next = s + 1 < length ? otherTargets[s + 1] : 0;
            otherAdvantages[s] = random.rewards[s] + discount * next - random.values[s];
        }
        assertSame(length);
    }

    private void assertSame(int length) {
        for (int t = 0; t < length; t++) {
            assertThat(advantages[t]).as("advantage %d", t).isEqualTo(otherAdvantages[t], within(1e-9));
            assertThat(targets[t]).as("target %d", t).isEqualTo(otherTargets[t], within(1e-9));
        }
    }

    /** Numbers of either sign. */
    private static final class Case {

        final double[] rewards;
        final double[] values;
        final double[] logRatios;

        Case(long seed) {
            var random = new SplittableRandom(seed);
            rewards = random.doubles(ROOM, -2, 2).toArray();
            values = random.doubles(ROOM, -2, 2).toArray();
            logRatios = random.doubles(ROOM, -1.5, 1).toArray();
        }
    }
}

package io.millrace.policy.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.spec.ImportanceSpec;
import io.millrace.policy.spec.ImportanceSpec.Level;
import io.millrace.policy.spec.ImportanceSpec.Mode;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ImportanceWeightsProperties {

    private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

    @Property
    void aTruncatedWeightIsTheRatioWhereThatIsWithinTheBound(
            @ForAll @DoubleRange(min = -80, max = 80) double logRatio,
            @ForAll @DoubleRange(min = 0.01, max = 100) double bound) {
        double weight = weights(Level.TOKEN, Mode.TRUNCATE, bound, 0).weight(logRatio);

        assertThat(weight).isBetween(0.0, bound);
        assertThat(weight).isEqualTo(Math.min(bound, Math.exp(logRatio)));
    }

    @Property
    void aMaskedWeightIsTheRatioOrNothing(
            @ForAll @DoubleRange(min = -5, max = 5) double logRatio,
            @ForAll @DoubleRange(min = 0, max = 1) double floor,
            @ForAll @DoubleRange(min = 1.01, max = 100) double bound) {
        double weight = weights(Level.TOKEN, Mode.MASK, bound, floor).weight(logRatio);

        double ratio = Math.exp(logRatio);
        assertThat(weight).isEqualTo(ratio < floor || ratio > bound ? 0 : ratio);
    }

    @Property
    void theWeightsOfTokensMultiplyToThatOfTheSequenceAndHaveItsMean(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int length) {
        Rollout rollout = rollout(seed, length);

        weights(Level.TOKEN, Mode.TRUNCATE, UNBOUNDED, 0).weigh(rollout, 1);
        double product = 1;
        for (int t = 0; t < length; t++) {
            product *= rollout.importance[t];
        }
        weights(Level.SEQUENCE, Mode.TRUNCATE, UNBOUNDED, 0).weigh(rollout, 1);
        assertThat(rollout.importance).containsOnly(rollout.importance[0]);
        assertThat(rollout.importance[0]).isEqualTo(product, within(1e-9 * product));
        weights(Level.SEQUENCE_MEAN, Mode.TRUNCATE, UNBOUNDED, 0).weigh(rollout, 1);
        assertThat(Math.pow(rollout.importance[0], length)).isEqualTo(product, within(1e-9 * product));
    }

    @Property
    void aShareOfTheRatioAndTheRestMakeAllOfIt(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int length,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        Rollout rollout = rollout(seed, length);
        var weights = weights(Level.TOKEN, Mode.TRUNCATE, UNBOUNDED, 0);
        double[] part = new double[length];
        double[] rest = new double[length];

        weights.fill(rollout, share, part);
        weights.fill(rollout, 1 - share, rest);

        for (int t = 0; t < length; t++) {
            double ratio = Math.exp(rollout.logRatios[t]);
            assertThat(part[t] * rest[t]).isEqualTo(ratio, within(1e-9 * ratio));
        }
    }

    @Property
    void countsEveryWeightThatWasOutOfBounds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int length) {
        Rollout rollout = rollout(seed, length);
        int above = 0;
        int outside = 0;
        for (int t = 0; t < length; t++) {
            double ratio = Math.exp(rollout.logRatios[t]);
            above += ratio > 1.5 ? 1 : 0;
            outside += ratio > 1.5 || ratio < 0.5 ? 1 : 0;
        }

        weights(Level.TOKEN, Mode.TRUNCATE, 1.5, 0).weigh(rollout, 1);
        assertThat(rollout.clipped).isEqualTo(above);
        assertThat(rollout.masked).isZero();
        rollout.clipped = 0;
        weights(Level.TOKEN, Mode.MASK, 1.5, 0.5).weigh(rollout, 1);
        assertThat(rollout.masked).isEqualTo(outside);
        assertThat(rollout.clipped).isZero();
    }

    @Property
    void vetoesATrajectoryWithATokenBelowTheThreshold(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int length,
            @ForAll @DoubleRange(min = 0, max = 1) double veto) {
        Rollout rollout = rollout(seed, length);
        double least = UNBOUNDED;
        for (int t = 0; t < length; t++) {
            least = Math.min(least, rollout.logRatios[t]);
        }

        var weights = new ImportanceWeights(new ImportanceSpec(Level.SEQUENCE, Mode.TRUNCATE, 2, 0, veto));

        assertThat(weights.vetoes(rollout)).isEqualTo(least < Math.log(veto));
    }

    @Property
    void staysFinite(@ForAll double logRatio) {
        double weight = weights(Level.SEQUENCE, Mode.TRUNCATE, UNBOUNDED, 0).weight(logRatio);

        assertThat((float) weight).isFinite();
    }

    private static ImportanceWeights weights(Level level, Mode mode, double clip, double floor) {
        return new ImportanceWeights(new ImportanceSpec(level, mode, clip, floor, 0));
    }

    private static Rollout rollout(long seed, int length) {
        var rollout = new Rollout();
        rollout.length = length;
        rollout.logRatios =
                new SplittableRandom(seed).doubles(length, -1.5, 1.5).toArray();
        rollout.importance = new double[length];
        return rollout;
    }
}
